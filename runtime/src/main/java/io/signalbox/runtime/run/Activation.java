package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.SessionId;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.pcollections.TreePSet;

/**
 * One carrying-out of a task.
 *
 * @param id history number of the fact that began it; the root is 1
 * @param parent the enclosing activation; 0 for the root
 * @param task the task's pointer; empty for the root
 * @param input the task's transformed input
 * @param children the activations below it, oldest first
 * @param raw what flowed in, where {@code input.from} made something else of it
 * @param extensions those that apply to the task
 * @param asked set when an agent asked for it as a tool call
 */
public record Activation(
    long id,
    long parent,
    String task,
    JsonNode input,
    Instant startedAt,
    Optional<Instant> deadline,
    SortedSet<Long> children,
    Optional<Asked> asked,
    Work work,
    Optional<JsonNode> raw,
    Optional<List<String>> extensions) {
  public Activation {
    children = persistent(children);
    extensions = extensions.map(List::copyOf);
  }

  /** One whose input was not transformed, with nothing below it yet. */
  static Activation fresh(
      long id,
      long parent,
      String task,
      JsonNode input,
      Instant startedAt,
      Optional<Instant> deadline,
      Optional<Asked> asked,
      Work work) {
    return new Activation(
        id,
        parent,
        task,
        input,
        startedAt,
        deadline,
        Collections.emptySortedSet(),
        asked,
        work,
        Optional.empty(),
        Optional.empty());
  }

  private static TreePSet<Long> persistent(SortedSet<Long> children) {
    return children instanceof TreePSet<Long> set
        ? set
        : TreePSet.from(Comparator.naturalOrder(), children);
  }

  /** What flowed into the task, before {@code input.from}. */
  JsonNode rawInput() {
    return raw.orElse(input);
  }

  /** The agent's session and the model's id of the tool call. */
  public record Asked(SessionId session, String callId, String tool, JsonNode arguments) {}

  Activation with(Work next) {
    return copy(children, next, extensions);
  }

  Activation extended(List<String> by, Work next) {
    return copy(children, next, Optional.of(by));
  }

  /** The same below another activation, which may be due at another time. */
  Activation moved(long above, Optional<Instant> due, Work doing) {
    return new Activation(
        id, above, task, input, startedAt, due, children, asked, doing, raw, extensions);
  }

  /** The same with other input. */
  Activation taking(JsonNode other, Work doing) {
    return new Activation(
        id,
        parent,
        task,
        other,
        startedAt,
        deadline,
        children,
        asked,
        doing,
        Optional.empty(),
        extensions);
  }

  Activation adopt(long child) {
    return copy(persistent(children).plus(child), work, extensions);
  }

  Activation lose(long child) {
    return copy(persistent(children).minus(child), work, extensions);
  }

  private Activation copy(SortedSet<Long> below, Work doing, Optional<List<String>> by) {
    return new Activation(
        id, parent, task, input, startedAt, deadline, below, asked, doing, raw, by);
  }
}
