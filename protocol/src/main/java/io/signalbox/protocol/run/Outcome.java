package io.signalbox.protocol.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Sent;
import io.signalbox.protocol.quota.Limited;
import java.time.Duration;
import java.util.Optional;

/** What became of a call to the outside. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "succeeded", value = Outcome.Succeeded.class),
  @JsonSubTypes.Type(name = "failed", value = Outcome.Failed.class),
  @JsonSubTypes.Type(name = "unknown", value = Outcome.Unknown.class),
  @JsonSubTypes.Type(name = "absent", value = Outcome.Absent.class),
})
public sealed interface Outcome extends Sent {
  /** It happened, with this result; for a probe: our marker was found. */
  record Succeeded(JsonNode result, Usage usage) implements Outcome {}

  /**
   * It certainly did not happen, or was refused by the other side.
   *
   * @param status the HTTP status that fits, such as 404 or 503
   * @param kind a standard error kind of the DSL: communication, timeout, authentication,
   *     authorization, validation, runtime
   * @param retryAfter what the other side asked for, if it did
   * @param error the error a child run ended with, which becomes the task's
   * @param limited the limit that the call met, if that is why
   */
  record Failed(
      String kind,
      int status,
      String detail,
      Optional<Duration> retryAfter,
      Optional<WorkflowError> error,
      Optional<Limited> limited)
      implements Outcome {
    @JsonCreator
    public Failed {}

    /** A failure that no limit is the reason of. */
    public Failed(
        String kind,
        int status,
        String detail,
        Optional<Duration> retryAfter,
        Optional<WorkflowError> error) {
      this(kind, status, detail, retryAfter, error, Optional.empty());
    }

    /** A failure that is no workflow error of somebody else's. */
    public Failed(String kind, int status, String detail, Optional<Duration> retryAfter) {
      this(kind, status, detail, retryAfter, Optional.empty(), Optional.empty());
    }
  }

  /** Sent, but nobody knows whether it took effect. */
  record Unknown(String detail) implements Outcome {}

  /** A probe's answer: our marker is not there, so it is safe to send. */
  record Absent() implements Outcome {}
}
