package io.signalbox.runtime.definition;

import java.util.HashSet;
import java.util.Set;

/** The variables an expression may use where it stands. */
record Names(Set<String> known) {
  static final Names EVERYWHERE =
      new Names(Set.of("context", "input", "task", "workflow", "runtime", "secrets"));

  /** What {@code input.from} and {@code output.as} of the workflow itself may use. */
  static final Names WORKFLOW_INPUT = new Names(Set.of("workflow", "runtime", "input", "secrets"));

  static final Names WORKFLOW_OUTPUT =
      new Names(Set.of("context", "workflow", "runtime", "input", "output", "secrets"));

  /** What a loop or a handler may not call its variables, which would hide these. */
  static final Set<String> RESERVED =
      Set.of(
          "context", "input", "output", "task", "workflow", "runtime", "secrets", "authorization");

  Names {
    known = Set.copyOf(known);
  }

  /** The same, and what a task that authenticates knows. */
  Names authorized() {
    return plus("authorization");
  }

  Names plus(String... more) {
    Set<String> all = new HashSet<>(known);
    all.addAll(Set.of(more));
    return new Names(all);
  }
}
