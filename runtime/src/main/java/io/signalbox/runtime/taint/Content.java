package io.signalbox.runtime.taint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Something an agent has read.
 *
 * @param source as people are told of it, such as {@code tool read_mail (call 2)}
 * @param trust who vouches for it
 * @param trustedFields names of fields that are trusted though the rest is not
 * @param sensitive whether it is nobody's business outside
 * @param call how it came to be read, where that was a tool call of the agent's own
 */
public record Content(
    String source,
    Trust trust,
    List<String> trustedFields,
    boolean sensitive,
    JsonNode value,
    JsonNode call) {
  public Content {
    trustedFields = List.copyOf(trustedFields);
  }

  /** Whether its words may steer anything. */
  public enum Trust {
    /** Declared so by whoever administers the tool. */
    TRUSTED,
    /** Anybody may have written it. */
    UNTRUSTED
  }

  boolean untrusted() {
    return trust == Trust.UNTRUSTED;
  }
}
