package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The kinds of task, told apart by the property that a task of the kind has. */
public final class TaskKinds {
  /** In the order in which they are asked for: 'for' before 'do', which it has as its body. */
  static final List<String> ALL =
      List.of(
          "for", "do", "fork", "try", "set", "switch", "raise", "wait", "emit", "listen", "call",
          "run");

  private TaskKinds() {}

  /** The kind of a task that was read before; empty text for what is no task. */
  public static String of(JsonNode source) {
    return ALL.stream().filter(source::has).findFirst().orElse("");
  }
}
