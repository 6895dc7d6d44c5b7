package io.signalbox.protocol.agent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Sent;
import io.signalbox.protocol.quota.Limited;
import io.signalbox.protocol.run.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

  /**
   * No answer to be had; {@code status} as in HTTP, 503 when asking again may help.
   *
   * @param retryAfter what the provider asked for, if it did
   * @param limited the limit or the freeze that kept the model from being asked, if that is why
   */
  record Failed(int status, String detail, Optional<Duration> retryAfter, Optional<Limited> limited)
      implements ModelAnswer {
    @JsonCreator
    public Failed {}

    /** A failure of the model itself. */
    public Failed(int status, String detail, Optional<Duration> retryAfter) {
      this(status, detail, retryAfter, Optional.empty());
    }

    public Failed(int status, String detail) {
      this(status, detail, Optional.empty());
    }

    /** Whether the same question may be answered later. */
    public boolean passing() {
      return status == 408 || status == 429 || status >= 500;
    }
  }

  /** One tool call as the model asked for it. */
  record Call(String id, String tool, JsonNode arguments) {}
}
