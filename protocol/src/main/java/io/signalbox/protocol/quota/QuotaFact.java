package io.signalbox.protocol.quota;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Something that was counted. Facts only gain optional fields. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "reserved", value = QuotaFact.Reserved.class),
  @JsonSubTypes.Type(name = "settled", value = QuotaFact.Settled.class),
  @JsonSubTypes.Type(name = "returned", value = QuotaFact.Returned.class),
  @JsonSubTypes.Type(name = "kept", value = QuotaFact.Kept.class),
  @JsonSubTypes.Type(name = "dropped", value = QuotaFact.Dropped.class),
  @JsonSubTypes.Type(name = "swept", value = QuotaFact.Swept.class),
})
public sealed interface QuotaFact {
  /**
   * A call may be made.
   *
   * @param counters that it counts in
   * @param rates for counters with a rate: when they will have recovered from it
   * @param places counters in which it takes a place among the calls under way, until {@code until}
   */
  record Reserved(
      String key,
      Amounts most,
      List<String> counters,
      Map<String, Instant> rates,
      List<String> places,
      Instant until)
      implements QuotaFact {
    public Reserved {
      counters = List.copyOf(counters);
      rates = Map.copyOf(rates);
      places = List.copyOf(places);
    }
  }

  /** The call was made, and drew this. */
  record Settled(String key, Amounts actual) implements QuotaFact {}

  /** The call certainly did not happen. */
  record Returned(String key) implements QuotaFact {}

  /** Nobody knows whether the call took effect: it stays counted as if it had. */
  record Kept(String key) implements QuotaFact {}

  /** The budget is no more, nor is what was counted for it. */
  record Dropped(String budget) implements QuotaFact {}

  /**
   * What is over is forgotten.
   *
   * @param before calls that ended before this are no longer told apart
   * @param counters whose period is over
   */
  record Swept(Instant before, List<String> counters) implements QuotaFact {
    public Swept {
      counters = List.copyOf(counters);
    }
  }
}
