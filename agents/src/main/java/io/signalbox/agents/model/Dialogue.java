package io.signalbox.agents.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.agent.ModelAnswer.Call;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Our request in the words of langchain4j, and its response in ours. */
record Dialogue(String provider, ModelRequest request, ToolNames names) {
  static Dialogue of(String provider, ModelRequest request) {
    return new Dialogue(
        provider,
        request,
        ToolNames.of(request.tools().stream().map(ToolDefinition::name).toList()));
  }

  ChatRequest chatRequest() {
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(SystemMessage.from(request.system()));
    request.lines().forEach(line -> messages.add(message(line)));
    return ChatRequest.builder()
        .messages(messages)
        .toolSpecifications(ToolSpecifications.of(request.tools(), names))
        .build();
  }

  private ChatMessage message(Line line) {
    return switch (line) {
      case Line.User user -> UserMessage.from(user.text());
      case Line.Agent agent when agent.calls().isEmpty() -> AiMessage.from(agent.text());
      case Line.Agent agent ->
          AiMessage.builder()
              .text(agent.text().isBlank() ? null : agent.text())
              .toolExecutionRequests(agent.calls().stream().map(this::wanted).toList())
              .build();
      case Line.Tool tool ->
          ToolExecutionResultMessage.builder()
              .id(tool.callId())
              .toolName(names.wire(tool.tool()))
              .text(tool.text())
              .isError(tool.failed())
              .build();
    };
  }

  private ToolExecutionRequest wanted(Call call) {
    return ToolExecutionRequest.builder()
        .id(call.id())
        .name(names.wire(call.tool()))
        .arguments(call.arguments().toString())
        .build();
  }

  ModelAnswer answer(ChatResponse response) {
    AiMessage said = response.aiMessage();
    String text = Optional.ofNullable(said.text()).orElse("");
    if (said.hasToolExecutionRequests()) {
      List<Call> calls = said.toolExecutionRequests().stream().map(this::call).toList();
      return new ModelAnswer.ToolCalls(text, calls, metadata(response), usage(response));
    }
    if (text.isBlank()) {
      return new ModelAnswer.Failed(
          502, provider + " answered neither with text nor with tool calls");
    }
    return new ModelAnswer.Text(text, metadata(response), usage(response));
  }

  private Call call(ToolExecutionRequest wanted) {
    String id = Optional.ofNullable(wanted.id()).orElse("");
    return new Call(id, names.name(wanted.name()), arguments(wanted.arguments()));
  }

  /** What is not JSON stays text, and is refused as arguments later, with a word to the model. */
  private static JsonNode arguments(String text) {
    if (text == null || text.isBlank()) {
      return Json.object();
    }
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  private JsonNode metadata(ChatResponse response) {
    var metadata = Json.object().put("provider", provider).put("scripted", false);
    metadata.put("model", Optional.ofNullable(response.modelName()).orElse(request.model()));
    Optional.ofNullable(response.finishReason())
        .ifPresent(reason -> metadata.put("finishReason", reason.name()));
    Optional.ofNullable(response.id()).ifPresent(id -> metadata.put("responseId", id));
    return metadata;
  }

  private static Usage usage(ChatResponse response) {
    var tokens = Optional.ofNullable(response.tokenUsage());
    long in = tokens.map(t -> t.inputTokenCount()).orElse(0);
    long out = tokens.map(t -> t.outputTokenCount()).orElse(0);
    return new Usage(1, in, out, 0);
  }
}
