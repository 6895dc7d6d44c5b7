package io.signalbox.bench.steps;

import io.signalbox.bench.kit.Wire;
import java.io.IOException;
import java.util.List;

/** Two ways to do as many steps as asked for in one run; a step is one call of {@code echo}. */
enum Loops {
  /** A counter and a flow directive that leads back. */
  GOTO(
      """
      do:
        - begin: {set: {n: 0, of: '${ .of }'}}
        - look:
            switch:
              - over: {when: '.n >= .of', then: end}
              - more: {then: step}
        - step: {call: tool, with: {tool: echo, arguments: {n: '${ .n + 1 }', of: '${ .of }'}}, then: look}
      """),
  /** {@code for} over a list that the run was given. */
  FOR(
      """
      do:
        - all:
            for: {each: item, in: '.items'}
            do:
              - step: {call: tool, with: {tool: echo, arguments: {n: '${ $item }'}}}
      """);

  private final String tasks;

  Loops(String tasks) {
    this.tasks = tasks;
  }

  String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  static List<Loops> all() {
    return List.of(values());
  }

  void deploy(Wire wire) throws IOException {
    String document =
        "document: {dsl: '1.0.3', namespace: bench, name: steps-"
            + text()
            + ", version: '1.0.0'}\n";
    Wire.Answer answer = wire.post("/v1/workflows", document + tasks, "application/yaml");
    if (answer.status() >= 300) {
      throw new IOException("the workflow was refused: " + answer);
    }
  }

  /** The order of a run with so many steps. */
  String order(String id, int steps) {
    return "{\"id\": \""
        + id
        + "\", \"workflow\": {\"namespace\": \"bench\", \"name\": \"steps-"
        + text()
        + "\"}, \"input\": "
        + input(steps)
        + "}";
  }

  private String input(int steps) {
    if (this == GOTO) {
      return "{\"of\": " + steps + "}";
    }
    StringBuilder items = new StringBuilder("{\"items\": [");
    for (int i = 0; i < steps; i++) {
      items.append(i == 0 ? "" : ",").append(i);
    }
    return items.append("]}").toString();
  }
}
