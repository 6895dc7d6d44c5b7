package io.signalbox.protocol.agent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Sent;
import io.signalbox.protocol.run.Usage;
import java.util.List;

/** What came back from a model. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "text", value = ModelAnswer.Text.class),
  @JsonSubTypes.Type(name = "toolCalls", value = ModelAnswer.ToolCalls.class),
  @JsonSubTypes.Type(name = "failed", value = ModelAnswer.Failed.class),
})
public sealed interface ModelAnswer extends Sent {
  /**
   * The final words.
   *
   * @param metadata at least {@code provider} and {@code model}; {@code scripted: true} when no
   *     model was asked
   */
  record Text(String content, JsonNode metadata, Usage usage) implements ModelAnswer {}

  /** The model wants tools called first. */
  record ToolCalls(String content, List<Call> calls, JsonNode metadata, Usage usage)
      implements ModelAnswer {
    public ToolCalls {
      calls = List.copyOf(calls);
    }
  }

  /** No answer to be had; {@code status} as in HTTP, 503 when asking again may help. */
  record Failed(int status, String detail) implements ModelAnswer {}

  /** One tool call as the model asked for it. */
  record Call(String id, String tool, JsonNode arguments) {}
}
