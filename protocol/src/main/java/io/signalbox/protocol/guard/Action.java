package io.signalbox.protocol.guard;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What is done about a finding; the later in this order, the graver. */
public enum Action {
  /** Noted nowhere: switches a detector off where another guardrail has it on. */
  @JsonProperty("allow")
  ALLOW,
  /** Noted in the history; the content goes on as it is. */
  @JsonProperty("flag")
  FLAG,
  /** A pseudonym takes its place, and the content goes on. */
  @JsonProperty("redact")
  REDACT,
  /** A person is asked before it goes on. */
  @JsonProperty("ask")
  ASK,
  /** It does not go on. */
  @JsonProperty("block")
  BLOCK;

  /** The word for it in JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
