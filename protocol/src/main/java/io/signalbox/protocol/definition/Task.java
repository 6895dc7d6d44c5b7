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

  /**
   * The body once per item of {@code in}, items side by side ({@code call: map}).
   *
   * @param concurrency how many items at once; absent for as many as the gateway is set to
   * @param onFailure what becomes of an item that fails
   * @param tolerate how many items may fail without failing the map: a number, or below 1 a share;
   *     absent for any number, unless failures are not kept at all
   */
  record Mapping(
      String each,
      String at,
      String in,
      Optional<Integer> concurrency,
      OnFailure onFailure,
      Optional<Double> tolerate,
      Steps body)
      implements Task {}

  /** What a map does about an item that fails. */
  enum OnFailure {
    /** The map fails. */
    FAIL,
    /** The output says of each item what it put out or how it failed. */
    COLLECT,
    /** The output leaves the item out. */
    SKIP
  }

  /** Undoes what the {@code try} around it, or else the run, has done so far. */
  record Compensate() implements Task {}

  /** Reaches outside: another system, an agent, or a person. */
  record Call(CallKind kind, JsonNode with) implements Task {}
}
