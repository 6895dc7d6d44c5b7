package io.signalbox.protocol.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The kinds of task that the interpreter carries out (Serverless Workflow DSL 1.0). */
public sealed interface Task {
  /** Sub-tasks one after the other. */
  record Do(Steps body) implements Task {}

  /** The body once per item of {@code in}; {@code each} and {@code at} name the variables. */
  record For(String each, String at, String in, Optional<String> whilst, Steps body)
      implements Task {}

  /** All branches at once; when they compete, the first to finish gives the output. */
  record Fork(boolean compete, List<Step> branches) implements Task {
    public Fork {
      branches = List.copyOf(branches);
    }
  }

  /** The body, and what to do when it faults. */
  record Try(Steps body, Catch caught) implements Task {}

  /** A new output from a template. */
  record Set(JsonNode value) implements Task {}

  /** The first case that holds chooses where to go; a case without condition is the default. */
  record Switch(List<Case> cases) implements Task {
    public Switch {
      cases = List.copyOf(cases);
    }
  }

  /** One case of a switch. */
  record Case(String name, Optional<String> when, Flow then) {}

  /** Faults on purpose with an error made from the template. */
  record Raise(JsonNode error) implements Task {}

  /** Goes on after a duration (object, ISO 8601 text or expression). */
  record Wait(JsonNode duration) implements Task {}

  /** Publishes a CloudEvent made from the template. */
  record Emit(JsonNode event) implements Task {}

  /** Goes on when the events it wants have arrived, and each has been through its own tasks. */
  record Listen(Consumption to, ReadAs read, Optional<ForEach> foreach) implements Task {}

  /** Reaches outside: another system, an agent, or a person. */
  record Call(CallKind kind, JsonNode with) implements Task {}
}
