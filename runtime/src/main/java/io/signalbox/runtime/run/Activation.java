package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One carrying-out of a task.
 *
 * @param id history number of the fact that began it; the root is 1
 * @param parent the enclosing activation; 0 for the root
 * @param task the task's pointer; empty for the root
 * @param input the task's transformed input
 * @param asked set when an agent asked for it as a tool call
 */
public record Activation(
    long id,
    long parent,
    String task,
    JsonNode input,
    Instant startedAt,
    Optional<Instant> deadline,
    List<Long> children,
    Optional<Asked> asked,
    Work work) {
  public Activation {
    children = List.copyOf(children);
  }

  /** The agent's session and the model's id of the tool call. */
  public record Asked(SessionId session, String callId, String tool, JsonNode arguments) {}

  Activation with(Work next) {
    return new Activation(id, parent, task, input, startedAt, deadline, children, asked, next);
  }

  Activation adopt(long child) {
    List<Long> more = new ArrayList<>(children);
    more.add(child);
    return new Activation(id, parent, task, input, startedAt, deadline, more, asked, work);
  }

  Activation lose(long child) {
    List<Long> fewer = new ArrayList<>(children);
    fewer.remove(Long.valueOf(child));
    return new Activation(id, parent, task, input, startedAt, deadline, fewer, asked, work);
  }
}
