package io.signalbox.runtime.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A stretch of a run's time while its trace is put together; lives within one {@link Trace}. */
final class Span {
  private final String id;
  private final String kind;
  private final String name;
  private final String task;
  private final Instant start;
  private final ObjectNode attributes = Json.object();
  private final List<Span> children = new ArrayList<>();
  private String status = "running";
  private Optional<Instant> end = Optional.empty();
  private Usage usage = Usage.NONE;
  private int attempts;

  Span(String id, String kind, String name, String task, Instant start) {
    this.id = id;
    this.kind = kind;
    this.name = name;
    this.task = task;
    this.start = start;
  }

  Span child(Span span) {
    children.add(span);
    return span;
  }

  ObjectNode attributes() {
    return attributes;
  }

  void status(String now) {
    status = now;
  }

  void attempts(int count) {
    attempts = Math.max(attempts, count);
  }

  void drew(Usage drawn) {
    usage = usage.plus(drawn);
  }

  /** Ends here, unless it ended before, and with it all below. */
  void end(Instant at, String outcome) {
    if (end.isEmpty()) {
      end = Optional.of(at);
      status = outcome;
      children.forEach(child -> child.end(at, "abandoned"));
    }
  }

  /** A faulted run goes on. */
  void reopen() {
    end = Optional.empty();
    status = "running";
  }

  /** The newest call below, under which an agent's tool calls belong. */
  Span newestCall() {
    return children.reversed().stream()
        .filter(child -> child.kind.equals("agent"))
        .findFirst()
        .orElse(this);
  }

  boolean isTool() {
    return kind.equals("tool");
  }

  /** What an agent's call drew in the end includes its model calls. */
  private Usage total() {
    boolean included = !usage.equals(Usage.NONE);
    return children.stream()
        .filter(child -> !(included && child.kind.equals("model")))
        .map(Span::total)
        .reduce(usage, Usage::plus);
  }

  ObjectNode json() {
    ObjectNode node = Json.object();
    node.put("id", id).put("kind", kind).put("name", name).put("task", task);
    node.put("status", status).put("start", start.toString());
    end.ifPresent(
        at -> {
          node.put("end", at.toString());
          node.put("duration", Duration.between(start, at).toString());
        });
    if (attempts > 0) {
      node.put("attempts", attempts);
    }
    Usage total = total();
    if (!total.equals(Usage.NONE)) {
      node.set("usage", Json.tree(total));
    }
    if (!attributes.isEmpty()) {
      node.set("attributes", attributes);
    }
    ArrayNode below = node.putArray("children");
    children.stream()
        .sorted(Comparator.comparing(child -> child.start))
        .forEach(child -> below.add(child.json()));
    return node;
  }
}
