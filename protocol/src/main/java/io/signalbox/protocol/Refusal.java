package io.signalbox.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;

/** A "no" that a caller can cause; the HTTP room turns each kind into one problem document. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "refusal")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "notFound", value = Refusal.NotFound.class),
  @JsonSubTypes.Type(name = "conflict", value = Refusal.Conflict.class),
  @JsonSubTypes.Type(name = "notAllowed", value = Refusal.NotAllowed.class),
  @JsonSubTypes.Type(name = "invalid", value = Refusal.Invalid.class),
  @JsonSubTypes.Type(name = "tooBusy", value = Refusal.TooBusy.class),
})
public sealed interface Refusal extends Sent {
  String detail();

  /** Unknown, or not visible to the caller: 404. */
  record NotFound(String detail) implements Refusal {}

  /** At odds with the current state, perhaps at places that can be named: 409. */
  record Conflict(String detail, List<Fault> faults) implements Refusal {
    @JsonCreator
    public Conflict {
      faults = List.copyOf(faults);
    }

    public Conflict(String detail) {
      this(detail, List.of());
    }
  }

  /** Not permitted; names the deciding rule: 403. */
  record NotAllowed(String detail, String rule) implements Refusal {}

  /** Well-formed but wrong; every fault at once: 422. */
  record Invalid(String detail, List<Fault> faults) implements Refusal {
    public Invalid {
      faults = List.copyOf(faults);
    }
  }

  /** Cannot take it now; worth trying again after the given time: 503. */
  record TooBusy(String detail, Duration retryAfter) implements Refusal {}
}
