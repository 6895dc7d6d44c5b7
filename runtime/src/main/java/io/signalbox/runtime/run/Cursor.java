package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.Flow;
import java.util.Optional;

/**
 * Where a list of steps stands.
 *
 * @param steps pointer of the list
 * @param current the step under way, or the last one done
 * @param value what flows: the input of the current step, or once settled its output
 * @param settled whether the current step is done
 * @param then where a switch sent control
 */
public record Cursor(
    String steps, Optional<String> current, JsonNode value, boolean settled, Optional<Flow> then) {
  static Cursor start(String steps, JsonNode value) {
    return new Cursor(steps, Optional.empty(), value, false, Optional.empty());
  }

  Cursor at(String step) {
    return new Cursor(steps, Optional.of(step), value, false, Optional.empty());
  }

  Cursor settle(JsonNode output, Optional<Flow> flow) {
    return new Cursor(steps, current, output, true, flow);
  }
}
