package io.signalbox.protocol.agent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.guard.Guards;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.List;
import java.util.Optional;

/** Something that happened in an agent's session. Facts only gain optional fields. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "messageReceived", value = SessionFact.MessageReceived.class),
  @JsonSubTypes.Type(name = "modelAsked", value = SessionFact.ModelAsked.class),
  @JsonSubTypes.Type(name = "modelReplied", value = SessionFact.ModelReplied.class),
  @JsonSubTypes.Type(name = "toolSettled", value = SessionFact.ToolSettled.class),
  @JsonSubTypes.Type(name = "replied", value = SessionFact.Replied.class),
  @JsonSubTypes.Type(name = "abandoned", value = SessionFact.Abandoned.class),
})
public sealed interface SessionFact {
  /** The key of the message this is about: the key of the run's agent call. */
  String key();

  /**
   * A message for the agent.
   *
   * @param claimed the message where it is kept apart; {@code message} is empty then
   * @param vouched the part of it that somebody trusted wrote; absent where that is all
   * @param guards what looks at the reply, if anything
   * @param origin on whose behalf
   */
  record MessageReceived(
      String key,
      RunId run,
      int attempt,
      AgentDefinition agent,
      List<ToolDefinition> tools,
      String message,
      JsonNode data,
      Optional<JsonNode> claimed,
      Optional<String> vouched,
      Optional<Guards> guards,
      Optional<Origin> origin)
      implements SessionFact {
    @JsonCreator
    public MessageReceived {
      tools = List.copyOf(tools);
    }

    /** A message that somebody trusted wrote. */
    public MessageReceived(
        String key,
        RunId run,
        int attempt,
        AgentDefinition agent,
        List<ToolDefinition> tools,
        String message,
        JsonNode data,
        Optional<JsonNode> claimed) {
      this(
          key,
          run,
          attempt,
          agent,
          tools,
          message,
          data,
          claimed,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    /** The same with the message in its place, once its value is at hand. */
    public MessageReceived spelt() {
      return claimed
          .map(
              text ->
                  new MessageReceived(
                      key,
                      run,
                      attempt,
                      agent,
                      tools,
                      text.isTextual() ? text.textValue() : text.toString(),
                      data,
                      Optional.empty(),
                      vouched,
                      guards,
                      origin))
          .orElse(this);
    }
  }

  /** Model call number {@code call} (from 1) is about to be made. */
  record ModelAsked(String key, int call) implements SessionFact {}

  record ModelReplied(String key, int call, ModelAnswer answer) implements SessionFact {}

  record ToolSettled(String key, String callId, Outcome outcome) implements SessionFact {}

  /** The run gets this outcome; kept so that it can be told again. */
  record Replied(String key, Outcome outcome) implements SessionFact {}

  record Abandoned(String key) implements SessionFact {}
}
