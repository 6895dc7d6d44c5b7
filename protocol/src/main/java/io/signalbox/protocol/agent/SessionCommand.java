package io.signalbox.protocol.agent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.Sent;
import io.signalbox.protocol.guard.Guards;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** What an agent's session can be told. Its entity id is {@code tenant|agent|session}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "converse", value = SessionCommand.Converse.class),
  @JsonSubTypes.Type(name = "modelReplied", value = SessionCommand.ModelReplied.class),
  @JsonSubTypes.Type(name = "toolSettled", value = SessionCommand.ToolSettled.class),
  @JsonSubTypes.Type(name = "abandon", value = SessionCommand.Abandon.class),
  @JsonSubTypes.Type(name = "get", value = SessionCommand.Get.class),
  @JsonSubTypes.Type(name = "wake", value = SessionCommand.Wake.class),
})
public interface SessionCommand extends Sent {
  EntityTypeKey<SessionCommand> KEY = EntityTypeKey.create(SessionCommand.class, "session");

  /**
   * A message for the agent, sent by a run. The reply goes to the run as {@code
   * RunCommand.Performed(key, attempt, outcome)}; the same key again acts once and answers again.
   *
   * @param tools what the agent may ask for, as it stands now; the model is told of these alone
   * @param claimed the message where it is too large to travel: a claim, and {@code message} is
   *     empty
   * @param vouched the part of the message that somebody trusted wrote; absent where that is all
   * @param guards what looks at the message and at the reply, if anything
   * @param origin on whose behalf
   */
  record Converse(
      RunId run,
      String key,
      int attempt,
      AgentDefinition agent,
      List<ToolDefinition> tools,
      String message,
      JsonNode data,
      Optional<JsonNode> claimed,
      Optional<String> vouched,
      Optional<Guards> guards,
      Optional<Origin> origin)
      implements SessionCommand {
    public Converse {
      tools = List.copyOf(tools);
    }

    /** A message that travels as it is. */
    public Converse(
        RunId run,
        String key,
        int attempt,
        AgentDefinition agent,
        List<ToolDefinition> tools,
        String message,
        JsonNode data) {
      this(
          run,
          key,
          attempt,
          agent,
          tools,
          message,
          data,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    /** The same with other words, which have been looked at. */
    public Converse looked(String words, JsonNode other) {
      return new Converse(
          run, key, attempt, agent, tools, words, other, Optional.empty(), vouched, guards, origin);
    }
  }

  /** What the model answered to model call number {@code call} of the message with this key. */
  record ModelReplied(String key, int call, ModelAnswer answer) implements SessionCommand {}

  /** What became of a tool call the session asked its run for. */
  record ToolSettled(String key, String callId, Outcome outcome) implements SessionCommand {}

  /** The run no longer wants the reply. */
  record Abandon(String key) implements SessionCommand {}

  record Get(ActorRef<SessionView> replyTo) implements SessionCommand {}

  /** Have a look at yourself; nothing happens if the session has moved past {@code seenAt}. */
  record Wake(long seenAt) implements SessionCommand {}
}
