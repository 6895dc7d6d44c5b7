package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Definitions made at random from every kind of task there is. A new kind of task is one method and
 * one line in {@link #leaves} or {@link #composites}.
 *
 * <p>A <em>steady</em> definition leaves out what may rightly end otherwise after a crash: calls
 * whose unknown outcome counts as failure, and jitter, which is drawn anew.
 */
final class RandomDefinition {
  private static final int DEEPEST = 3;
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
  private static final List<String> LISTS =
      List.of("[1, 2, 3]", "(.xs // [])", "[.n, .s]", "[]", "$context.xs", ".n", "error(\"in\")");
  private static final List<String> PAUSES =
      List.of("PT0S", "PT1S", "PT10S", "PT1M", "PT2H", "${ .pause }", "${ \"PT5S\" }");

  private final SplittableRandom random;
  private final boolean steady;
  private final List<Supplier<ObjectNode>> leaves;
  private final List<Supplier<ObjectNode>> composites;
  private int left;
  private int named;
  private int depth;

  private RandomDefinition(long seed, int size, boolean steady) {
    this.random = new SplittableRandom(seed);
    this.left = size;
    this.steady = steady;
    this.leaves =
        List.of(
            this::set,
            this::set,
            this::choice,
            this::raise,
            this::pause,
            this::emit,
            this::listen,
            this::tool,
            this::tool,
            this::http,
            this::agent,
            this::approval);
    this.composites =
        List.of(this::sequence, this::loop, this::fork, this::attempt, this::attempt);
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
    if (often(10)) {
      whole.putObject("input").put("from", shape());
    }
    if (often(10)) {
      whole.putObject("timeout").put("after", one(List.of("PT30S", "PT1H", "${ .limit }")));
    }
    whole.set("do", list());
    if (often(10)) {
      whole.putObject("output").put("as", shape());
    }
    return whole;
  }

  // -- lists and what every task may have --------------------------------------------------------

  private ArrayNode list() {
    depth++;
    ArrayNode list = Json.MAPPER.createArrayNode();
    List<String> names = new ArrayList<>();
    int length = 1 + random.nextInt(4);
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
    boolean nested = depth < DEEPEST && left > 0 && often(40);
    ObjectNode task = one(nested ? composites : leaves).get();
    if (task.has("switch")) {
      task.get("switch")
          .forEach(it -> it.forEach(c -> ((ObjectNode) c).put("then", then(siblings, at))));
    }
    if (often(15)) {
      task.put("if", condition());
    }
    if (often(10)) {
      task.putObject("input").put("from", shape());
    }
    if (often(15)) {
      task.putObject("output").put("as", shape());
    }
    if (often(15)) {
      task.putObject("export").put("as", one(List.of(".", "{ c: 1 }", "{ xs: [3] }", ".n.x.y")));
    }
    if (often(10)) {
      task.putObject("timeout").put("after", one(List.of("PT2S", "PT20S", "${ .limit }")));
    }
    if (!siblings.isEmpty() && often(15)) {
      task.put("then", then(siblings, at));
    }
    return task;
  }

  private String then(List<String> siblings, int at) {
    int forward = siblings.size() - at - 1;
    if (often(50) && forward > 0) {
      return siblings.get(at + 1 + random.nextInt(forward));
    }
    if (often(10) && !siblings.isEmpty()) {
      return siblings.get(random.nextInt(at + 1));
    }
    return one(List.of("continue", "exit", "end"));
  }

  // -- tasks with tasks in them ------------------------------------------------------------------

  private ObjectNode sequence() {
    ObjectNode task = Json.object();
    task.set("do", list());
    return task;
  }

  private ObjectNode loop() {
    ObjectNode task = Json.object();
    ObjectNode loop = task.putObject("for").put("in", one(LISTS));
    if (often(50)) {
      loop.put("each", "x").put("at", "i");
    }
    if (often(40)) {
      task.put("while", loop.has("each") ? "$i < 2" : condition());
    }
    task.set("do", list());
    return task;
  }

  private ObjectNode fork() {
    ObjectNode task = Json.object();
    ObjectNode fork = task.putObject("fork");
    if (often(40)) {
      fork.put("compete", true);
    }
    ArrayNode branches = fork.putArray("branches");
    depth++;
    int count = 1 + random.nextInt(3);
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
    if (often(30)) {
      caught
          .putObject("errors")
          .putObject("with")
          .put("status", one(List.of(400, 403, 408, 500, 503)));
    }
    if (often(15)) {
      caught.put("when", one(List.of(".status >= 400", ".n.x", "false")));
    }
    if (often(15)) {
      caught.put("exceptWhen", one(List.of(".status == 403", "false", "$e.status == 503")));
      caught.put("as", "e");
    }
    if (often(60)) {
      caught.set("retry", retry());
    }
    if (often(60)) {
      caught.set("do", list());
    }
    return task;
  }

  private ObjectNode retry() {
    ObjectNode retry = Json.object();
    if (often(70)) {
      retry.put("delay", one(List.of("PT0S", "PT1S", "PT7S", "${ .pause }")));
    }
    if (often(60)) {
      retry.putObject("backoff").putObject(one(List.of("constant", "linear", "exponential")));
    }
    ObjectNode limit = retry.putObject("limit");
    limit.putObject("attempt").put("count", random.nextInt(4));
    if (often(20)) {
      limit.put("duration", one(List.of("PT3S", "PT1M")));
    }
    if (!steady && often(30)) {
      retry.putObject("jitter").put("from", "PT0S").put("to", "PT3S");
    }
    if (often(10)) {
      retry.put("when", one(List.of("true", ".status != 400", ".n.x.y")));
    }
    if (often(10)) {
      retry.put("exceptWhen", one(List.of("false", ".status == 500")));
    }
    return retry;
  }

  // -- tasks without -----------------------------------------------------------------------------

  private ObjectNode set() {
    ObjectNode task = Json.object();
    if (often(15)) {
      return task.put("set", one(List.of("${ . }", "${ { n: 3 } }", "${ .n.x.y }")));
    }
    ObjectNode value = task.putObject("set").put("n", value());
    if (often(40)) {
      value.put("s", value());
    }
    if (often(40)) {
      value.putArray("xs").add(1).add(value());
    }
    return task;
  }

  private ObjectNode choice() {
    ObjectNode task = Json.object();
    ArrayNode cases = task.putArray("switch");
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      cases.addObject().putObject("c" + i).put("when", condition());
    }
    if (often(50)) {
      cases.addObject().putObject("otherwise");
    }
    return task;
  }

  private ObjectNode raise() {
    ObjectNode task = Json.object();
    ObjectNode error = task.putObject("raise").putObject("error");
    error.put("type", "https://example.test/errors/" + random.nextInt(3));
    error.put("status", one(List.of(400, 403, 500, 503)));
    if (often(40)) {
      error.put("title", value());
    }
    if (often(40)) {
      error.put("detail", value());
    }
    return task;
  }

  private ObjectNode pause() {
    return Json.object().put("wait", one(PAUSES));
  }

  private ObjectNode emit() {
    ObjectNode task = Json.object();
    ObjectNode with = task.putObject("emit").putObject("event").putObject("with");
    // an id of its own: the one a run gives carries a history number, which a crash moves
    with.put("id", "e" + named).put("source", "https://proof.test").put("type", "proof.emitted");
    if (often(50)) {
      with.put("time", one(List.of("2026-01-01T00:00:00Z", "${ .s }")));
    }
    if (often(50)) {
      with.put("data", value());
    }
    return task;
  }

  private ObjectNode listen() {
    ObjectNode task = Json.object();
    ObjectNode with =
        task.putObject("listen").putObject("to").putObject("one").putObject("with");
    with.put("type", one(List.of("proof.a", "${ \"proof.\\(.n // 0)\" }", "${ .n.x.y }")));
    return task;
  }

  private ObjectNode tool() {
    ObjectNode with = Json.object();
    with.put("tool", one(Worlds.tools(steady)));
    if (often(60)) {
      with.putObject("arguments").put("n", value());
    }
    return call("tool", with);
  }

  private ObjectNode http() {
    ObjectNode with = Json.object();
    with.put("method", one(List.of("get", "post", "put")));
    with.put("endpoint", one(List.of("https://h.test/a", "https://h.test/{n}", "${ .s }")));
    return call("http", with);
  }

  private ObjectNode agent() {
    ObjectNode with = Json.object();
    with.put("agent", one(List.of("helper", "helper", "nobody"))).put("message", value());
    return call("agent", with);
  }

  private ObjectNode approval() {
    ObjectNode with = Json.object();
    with.put("title", value()).putArray("approvers").add("role:boss");
    if (often(30)) {
      with.put("quorum", 2);
    }
    if (often(30)) {
      with.put("expires", "PT15S");
    }
    if (often(30)) {
      ObjectNode step = with.putArray("escalate").addObject().put("after", "PT5S");
      step.putArray("to").add("role:chief");
    }
    return call("approval", with);
  }

  private static ObjectNode call(String function, ObjectNode with) {
    ObjectNode task = Json.object().put("call", function);
    task.set("with", with);
    return task;
  }

  // -- chance ------------------------------------------------------------------------------------

  private boolean often(int percent) {
    return random.nextInt(100) < percent;
  }

  private String condition() {
    return one(CONDITIONS);
  }

  private String value() {
    return one(VALUES);
  }

  private String shape() {
    return one(SHAPES);
  }

  private <T> T one(List<T> choices) {
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
