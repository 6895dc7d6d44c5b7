package io.signalbox.protocol.audit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a gate's journal holds. Facts only gain optional fields. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "noted", value = GateFact.Noted.class),
})
public sealed interface GateFact {
  /**
   * Somebody did something, or was refused; see {@link AuditNote}.
   *
   * @param result {@code done}, {@code refused} or {@code failed}
   * @param count how many such notes this stands for
   * @param since when the first of them came, where it stands for several
   */
  record Noted(
      String id,
      String actor,
      String action,
      String target,
      String result,
      Optional<String> rule,
      Optional<String> run,
      Optional<String> onBehalfOf,
      Map<String, String> detail,
      long count,
      Optional<Instant> since)
      implements GateFact {
    public Noted {
      detail = Map.copyOf(detail);
    }

    /** A note as it came. */
    public static Noted of(String id, AuditNote note, long count, Optional<Instant> since) {
      return new Noted(
          id,
          note.actor(),
          note.action(),
          note.target(),
          note.result().text(),
          note.rule(),
          note.run(),
          note.onBehalfOf(),
          note.detail(),
          count,
          since);
    }
  }
}
