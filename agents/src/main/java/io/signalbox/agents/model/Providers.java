package io.signalbox.agents.model;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;

/** The three wire formats we speak; retries are ours, so those of the libraries are off. */
final class Providers {
  static final String OPENAI_HOST = "api.openai.com";

  private Providers() {}

  static ChatModel openai(ProviderSettings settings, Wire wire, ModelRequest request) {
    var builder =
        OpenAiChatModel.builder()
            .httpClientBuilder(wire.builder())
            .baseUrl(settings.baseUrl().toString())
            .apiKey(settings.apiKey().orElse(null))
            .modelName(request.model())
            .timeout(settings.timeout())
            .maxRetries(0);
    int tokens = request.agent().limits().maxOutputTokens();
    // newer models of OpenAI refuse max_tokens; most servers that copy its API know nothing else
    if (OPENAI_HOST.equals(settings.baseUrl().getHost())) {
      return builder.maxCompletionTokens(tokens).build();
    }
    return builder.maxTokens(tokens).build();
  }

  static ChatModel anthropic(ProviderSettings settings, Wire wire, ModelRequest request) {
    return AnthropicChatModel.builder()
        .httpClientBuilder(wire.builder())
        .baseUrl(settings.baseUrl().toString())
        .apiKey(settings.apiKey().orElse(null))
        .modelName(request.model())
        .maxTokens(request.agent().limits().maxOutputTokens())
        .timeout(settings.timeout())
        .maxRetries(0)
        .build();
  }

  static ChatModel ollama(ProviderSettings settings, Wire wire, ModelRequest request) {
    return OllamaChatModel.builder()
        .httpClientBuilder(wire.builder())
        .baseUrl(settings.baseUrl().toString())
        .modelName(request.model())
        .numPredict(request.agent().limits().maxOutputTokens())
        .timeout(settings.timeout())
        .maxRetries(0)
        .build();
  }
}
