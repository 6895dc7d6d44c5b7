package io.signalbox.protocol.quota;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.signalbox.protocol.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The answers of a tenant's keeper of quotas. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reply")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "granted", value = QuotaReply.Granted.class),
  @JsonSubTypes.Type(name = "refused", value = QuotaReply.Refused.class),
  @JsonSubTypes.Type(name = "busy", value = QuotaReply.Busy.class),
  @JsonSubTypes.Type(name = "done", value = QuotaReply.Done.class),
  @JsonSubTypes.Type(name = "gauges", value = QuotaReply.Gauges.class),
})
public sealed interface QuotaReply extends Sent {
  /** The call may be made; it is counted. */
  record Granted(String key) implements QuotaReply {}

  /** A limit is reached; nothing was counted. */
  record Refused(Limited limit, String detail, Duration retryAfter) implements QuotaReply {}

  /** Too much to decide already. */
  record Busy(Duration retryAfter) implements QuotaReply {}

  record Done() implements QuotaReply {}

  /** How a budget stands, for each of the values it counts separately. */
  record Gauges(List<Gauge> gauges) implements QuotaReply {
    public Gauges {
      gauges = List.copyOf(gauges);
    }
  }

  /**
   * One counter.
   *
   * @param value which of the values that are counted separately; empty where there is but one
   * @param since when its period began, if it has one
   * @param used by calls that were made, or of which nobody knows
   * @param reserved by calls under way
   * @param open calls under way
   */
  record Gauge(String value, Optional<Instant> since, Amounts used, Amounts reserved, int open) {}
}
