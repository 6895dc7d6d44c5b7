package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Definitions made at random from every kind of task there is. A new kind of task is one method and
 * one line in {@link RandomLeaves} or in {@link #composites}.
 *
 * <p>A <em>steady</em> definition leaves out what may rightly end otherwise after a crash: calls
 * whose unknown outcome counts as failure, and jitter, which is drawn anew.
 */
final class RandomDefinition {
  private static final int DEEPEST = 3;
  private static final List<String> LISTS =
      List.of("[1, 2, 3]", "(.xs // [])", "[.n, .s]", "[]", "$context.xs", ".n", "error(\"in\")");

  private final Chance chance;
  private final boolean steady;
  private final RandomLeaves leaves;
  private final List<Supplier<ObjectNode>> composites;
  private int left;
  private int named;
  private int depth;

  private RandomDefinition(long seed, int size, boolean steady) {
    this.chance = new Chance(seed);
    this.left = size;
    this.steady = steady;
    this.leaves = new RandomLeaves(chance, steady, this::list, () -> depth);
    this.composites = List.of(this::sequence, this::loop, this::fork, this::attempt, this::attempt);
  }

  /** A definition of about so many tasks. */
  static ObjectNode of(long seed, int size, boolean steady) {
    return new RandomDefinition(seed, size, steady).whole();
  }

  private ObjectNode whole() {
    ObjectNode whole = Json.object();
    whole
        .putObject("document")
        .put("dsl", "1.0.3")
        .put("namespace", "proof")
        .put("name", "random")
        .put("version", "1.0.0");
    if (chance.often(10)) {
      whole.putObject("input").put("from", chance.shape());
    }
    if (chance.often(10)) {
      whole.putObject("timeout").put("after", chance.one(List.of("PT30S", "PT1H", "${ .limit }")));
    }
    whole.set("do", list());
    if (chance.often(10)) {
      whole.putObject("output").put("as", chance.shape());
    }
    return whole;
  }

  // -- lists and what every task may have --------------------------------------------------------

  private ArrayNode list() {
    depth++;
    ArrayNode list = Json.MAPPER.createArrayNode();
    List<String> names = new ArrayList<>();
    int length = 1 + chance.upTo(4);
    for (int i = 0; i < length; i++) {
      names.add("t" + named++);
    }
    for (int i = 0; i < length; i++) {
      list.addObject().set(names.get(i), task(names, i));
    }
    depth--;
    return list;
  }

  private ObjectNode task(List<String> siblings, int at) {
    left--;
    boolean nested = depth < DEEPEST && left > 0 && chance.often(40);
    ObjectNode task = nested ? chance.one(composites).get() : leaves.any();
    if (task.has("switch")) {
      task.get("switch")
          .forEach(it -> it.forEach(c -> ((ObjectNode) c).put("then", then(siblings, at))));
    }
    if (chance.often(15)) {
      task.put("if", chance.condition());
    }
    if (chance.often(10)) {
      task.putObject("input").put("from", chance.shape());
    }
    if (chance.often(15)) {
      task.putObject("output").put("as", chance.shape());
    }
    if (chance.often(15)) {
      task.putObject("export")
          .put("as", chance.one(List.of(".", "{ c: 1 }", "{ xs: [3] }", ".n.x.y")));
    }
    if (chance.often(10)) {
      task.putObject("timeout").put("after", chance.one(List.of("PT2S", "PT20S", "${ .limit }")));
    }
    if (!siblings.isEmpty() && chance.often(15)) {
      task.put("then", then(siblings, at));
    }
    return task;
  }

  private String then(List<String> siblings, int at) {
    int forward = siblings.size() - at - 1;
    if (chance.often(50) && forward > 0) {
      return siblings.get(at + 1 + chance.upTo(forward));
    }
    if (chance.often(10) && !siblings.isEmpty()) {
      return siblings.get(chance.upTo(at + 1));
    }
    return chance.one(List.of("continue", "exit", "end"));
  }

  // -- tasks with tasks in them ------------------------------------------------------------------

  private ObjectNode sequence() {
    ObjectNode task = Json.object();
    task.set("do", list());
    return task;
  }

  private ObjectNode loop() {
    ObjectNode task = Json.object();
    ObjectNode loop = task.putObject("for").put("in", chance.one(LISTS));
    if (chance.often(50)) {
      loop.put("each", "x").put("at", "i");
    }
    if (chance.often(40)) {
      task.put("while", loop.has("each") ? "$i < 2" : chance.condition());
    }
    task.set("do", list());
    return task;
  }

  private ObjectNode fork() {
    ObjectNode task = Json.object();
    ObjectNode fork = task.putObject("fork");
    if (chance.often(40)) {
      fork.put("compete", true);
    }
    ArrayNode branches = fork.putArray("branches");
    depth++;
    int count = 1 + chance.upTo(3);
    for (int i = 0; i < count; i++) {
      branches.addObject().set("b" + named++, task(List.of(), 0));
    }
    depth--;
    return task;
  }

  private ObjectNode attempt() {
    ObjectNode task = Json.object();
    task.set("try", list());
    ObjectNode caught = task.putObject("catch");
    if (chance.often(30)) {
      caught
          .putObject("errors")
          .putObject("with")
          .put("status", chance.one(List.of(400, 403, 408, 500, 503)));
    }
    if (chance.often(15)) {
      caught.put("when", chance.one(List.of(".status >= 400", ".n.x", "false")));
    }
    if (chance.often(15)) {
      caught.put("exceptWhen", chance.one(List.of(".status == 403", "false", "$e.status == 503")));
      caught.put("as", "e");
    }
    if (chance.often(60)) {
      caught.set("retry", retry());
    }
    if (chance.often(60)) {
      caught.set("do", list());
    }
    return task;
  }

  private ObjectNode retry() {
    ObjectNode retry = Json.object();
    if (chance.often(70)) {
      retry.put("delay", chance.one(List.of("PT0S", "PT1S", "PT7S", "${ .pause }")));
    }
    if (chance.often(60)) {
      retry
          .putObject("backoff")
          .putObject(chance.one(List.of("constant", "linear", "exponential")));
    }
    ObjectNode limit = retry.putObject("limit");
    limit.putObject("attempt").put("count", chance.upTo(4));
    if (chance.often(20)) {
      limit.put("duration", chance.one(List.of("PT3S", "PT1M")));
    }
    if (!steady && chance.often(30)) {
      retry.putObject("jitter").put("from", "PT0S").put("to", "PT3S");
    }
    if (chance.often(10)) {
      retry.put("when", chance.one(List.of("true", ".status != 400", ".n.x.y")));
    }
    if (chance.often(10)) {
      retry.put("exceptWhen", chance.one(List.of("false", ".status == 500")));
    }
    return retry;
  }
}
