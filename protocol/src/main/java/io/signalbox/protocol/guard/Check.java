package io.signalbox.protocol.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One detector of a guardrail.
 *
 * @param detector such as {@code injection}, {@code secret}, {@code card}, {@code email}
 * @param on the stages it looks at
 * @param options what the detector needs: a threshold, a list of words, an address
 */
public record Check(String detector, List<Stage> on, Action action, JsonNode options) {
  public Check {
    on = List.copyOf(on);
  }
}
