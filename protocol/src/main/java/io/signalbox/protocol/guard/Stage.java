package io.signalbox.protocol.guard;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Where on its way content is looked at. */
public enum Stage {
  /** A message to an agent, before its session takes it in. */
  @JsonProperty("input")
  INPUT,
  /** What a call to the outside is about to send. */
  @JsonProperty("arguments")
  ARGUMENTS,
  /** What such a call brought back. */
  @JsonProperty("result")
  RESULT,
  /** What an agent says in the end. */
  @JsonProperty("output")
  OUTPUT;

  /** The word for it in JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
