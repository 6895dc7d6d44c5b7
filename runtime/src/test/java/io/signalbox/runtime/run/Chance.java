package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.util.List;
import java.util.SplittableRandom;

/** What random definitions are made of: expressions of every kind, some of which fail. */
final class Chance {
  private static final List<String> CONDITIONS =
      List.of(
          "true",
          "false",
          "(.n // 0) > 2",
          "(.n // 0) < 3",
          ".flag == true",
          "$context != null",
          ".n.deep.er",
          "($workflow.input.n // 0) > 2");
  private static final List<String> VALUES =
      List.of(
          "${ (.n // 0) + 1 }",
          "${ .n }",
          "${ .xs }",
          "${ $input }",
          "${ $context }",
          "${ $task.name }",
          "${ .s | tonumber }",
          "${ error(\"boom\") }",
          "plain");
  private static final List<String> SHAPES =
      List.of(
          ".",
          "{ n: (.n // 0), s: \"shaped\" }",
          "{ n: ($input.n // 1), xs: [1, 2] }",
          "$context",
          "[.]",
          ".n",
          ".n.deep.er",
          "error(\"shape\")");

  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  int upTo(int bound) {
    return random.nextInt(bound);
  }

  boolean often(int percent) {
    return random.nextInt(100) < percent;
  }

  String condition() {
    return one(CONDITIONS);
  }

  String value() {
    return one(VALUES);
  }

  String shape() {
    return one(SHAPES);
  }

  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  static JsonNode input(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ObjectNode input = Json.object().put("n", random.nextInt(5)).put("flag", random.nextBoolean());
    if (random.nextBoolean()) {
      input.put("s", "7").put("pause", "PT3S").put("limit", "PT40S");
    }
    ArrayNode xs = input.putArray("xs");
    for (int i = random.nextInt(3); i > 0; i--) {
      xs.add(i);
    }
    return input;
  }
}
