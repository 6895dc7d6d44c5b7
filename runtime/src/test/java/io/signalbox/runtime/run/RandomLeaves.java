package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Tasks without tasks in them, made at random. A new kind is one method and one line. */
final class RandomLeaves {
  private static final List<String> PAUSES =
      List.of("PT0S", "PT1S", "PT10S", "PT1M", "PT2H", "${ .pause }", "${ \"PT5S\" }");

  private final Chance chance;
  private final boolean steady;
  private final Supplier<ArrayNode> list;
  private final IntSupplier depth;
  private final List<Supplier<ObjectNode>> kinds;

  /**
   * Makes tasks.
   *
   * @param list makes a list of tasks, for those that have one on their side
   * @param depth how deep the task is in others
   */
  RandomLeaves(Chance chance, boolean steady, Supplier<ArrayNode> list, IntSupplier depth) {
    this.chance = chance;
    this.steady = steady;
    this.list = list;
    this.depth = depth;
    this.kinds =
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
  }

  ObjectNode any() {
    return chance.one(kinds).get();
  }

  private ObjectNode set() {
    ObjectNode task = Json.object();
    if (chance.often(15)) {
      return task.put("set", chance.one(List.of("${ . }", "${ { n: 3 } }", "${ .n.x.y }")));
    }
    ObjectNode value = task.putObject("set").put("n", chance.value());
    if (chance.often(40)) {
      value.put("s", chance.value());
    }
    if (chance.often(40)) {
      value.putArray("xs").add(1).add(chance.value());
    }
    return task;
  }

  private ObjectNode choice() {
    ObjectNode task = Json.object();
    ArrayNode cases = task.putArray("switch");
    int count = 1 + chance.upTo(2);
    for (int i = 0; i < count; i++) {
      cases.addObject().putObject("c" + i).put("when", chance.condition());
    }
    if (chance.often(50)) {
      cases.addObject().putObject("otherwise");
    }
    return task;
  }

  private ObjectNode raise() {
    ObjectNode task = Json.object();
    ObjectNode error = task.putObject("raise").putObject("error");
    error.put("type", "https://example.test/errors/" + chance.upTo(3));
    error.put("status", chance.one(List.of(400, 403, 500, 503)));
    if (chance.often(40)) {
      error.put("title", chance.value());
    }
    if (chance.often(40)) {
      error.put("detail", chance.value());
    }
    return task;
  }

  private ObjectNode pause() {
    return Json.object().put("wait", chance.one(PAUSES));
  }

  private ObjectNode emit() {
    ObjectNode task = Json.object();
    ObjectNode with = task.putObject("emit").putObject("event").putObject("with");
    // an id of its own: the one a run gives carries a history number, which a crash moves
    with.put("id", "e" + chance.upTo(1000))
        .put("source", "https://proof.test")
        .put("type", "proof.emitted");
    if (chance.often(50)) {
      with.put("time", chance.one(List.of("2026-01-01T00:00:00Z", "${ .s }")));
    }
    if (chance.often(50)) {
      with.put("data", chance.value());
    }
    return task;
  }

  private ObjectNode listen() {
    ObjectNode task = Json.object();
    ObjectNode listen = task.putObject("listen");
    ObjectNode to = listen.putObject("to");
    switch (chance.upTo(5)) {
      case 0 -> to.putArray("all").add(filter("proof.a")).add(filter("proof.b"));
      case 1 -> to.putArray("any").add(filter("proof.a")).add(filter("proof.b"));
      case 2 -> {
        to.putArray("any").add(filter("proof.[ab]"));
        to.put("until", chance.one(List.of("( . | length ) >= 2", "${ length > 0 }", ".x.y")));
      }
      case 3 -> {
        to.putArray("any").add(filter("proof.a"));
        to.putObject("until").set("one", filter("proof.stop"));
      }
      default ->
          to.set("one", filter(chance.one(List.of("proof.a", "${ \"proof.b\" }", "proof.(a|b)"))));
    }
    if (chance.often(20)) {
      listen.put("read", chance.one(List.of("data", "envelope", "raw")));
    }
    if (chance.often(40) && depth.getAsInt() < 4) {
      ObjectNode foreach = task.putObject("foreach");
      if (chance.often(70)) {
        foreach.set("do", list.get());
      }
      if (chance.often(30)) {
        foreach.putObject("output").put("as", chance.shape());
      }
      if (chance.often(30)) {
        foreach.putObject("export").put("as", chance.shape());
      }
    }
    return task;
  }

  private ObjectNode filter(String type) {
    ObjectNode filter = Json.object();
    filter.putObject("with").put("type", type);
    if (chance.often(20)) {
      ObjectNode correlation = filter.putObject("correlate").putObject("k");
      correlation.put("from", ".source");
      if (chance.often(30)) {
        correlation.put("expect", chance.one(List.of("https://world.test", "${ .n.x.y }")));
      }
    }
    return filter;
  }

  private ObjectNode tool() {
    ObjectNode with = Json.object();
    with.put("tool", chance.one(Worlds.tools(steady)));
    if (chance.often(60)) {
      with.putObject("arguments").put("n", chance.value());
    }
    return call("tool", with);
  }

  private ObjectNode http() {
    ObjectNode with = Json.object();
    with.put("method", chance.one(List.of("get", "post", "put")));
    with.put("endpoint", chance.one(List.of("https://h.test/a", "https://h.test/{n}", "${ .s }")));
    return call("http", with);
  }

  private ObjectNode agent() {
    ObjectNode with = Json.object();
    with.put("agent", chance.one(List.of("helper", "helper", "nobody")))
        .put("message", chance.value());
    return call("agent", with);
  }

  private ObjectNode approval() {
    ObjectNode with = Json.object();
    with.put("title", chance.value()).putArray("approvers").add("role:boss");
    if (chance.often(30)) {
      with.put("quorum", 2);
    }
    if (chance.often(30)) {
      with.put("expires", "PT15S");
    }
    if (chance.often(30)) {
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
}
