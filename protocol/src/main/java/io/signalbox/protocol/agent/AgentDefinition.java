package io.signalbox.protocol.agent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * An agent: who it is, which model thinks for it and which tools it may ask for.
 *
 * @param model {@code provider/model}, such as {@code openai/gpt-5-mini}, {@code
 *     anthropic/claude-sonnet-4-5}, {@code ollama/llama3.2} or {@code scripted/NAME}
 * @param tools names of the tools it may ask its run for; everything else is refused
 * @param script for the scripted provider: the replies in order
 * @param outputSchema JSON Schema the final reply must satisfy, if set
 * @param limits bounds of one message
 * @param owner who answers for it, such as {@code user:ada}; a tool may keep them from approving
 */
public record AgentDefinition(
    String name,
    String role,
    String goal,
    String instructions,
    String model,
    List<String> tools,
    Optional<JsonNode> outputSchema,
    Limits limits,
    Optional<JsonNode> script,
    Optional<String> owner) {
  @JsonCreator
  public AgentDefinition {
    tools = List.copyOf(tools);
  }

  /** An agent that belongs to nobody. */
  public AgentDefinition(
      String name,
      String role,
      String goal,
      String instructions,
      String model,
      List<String> tools,
      Optional<JsonNode> outputSchema,
      Limits limits,
      Optional<JsonNode> script) {
    this(
        name,
        role,
        goal,
        instructions,
        model,
        tools,
        outputSchema,
        limits,
        script,
        Optional.empty());
  }

  /** Model calls per message and tokens per model reply. */
  public record Limits(int modelCalls, int maxOutputTokens) {
    public static final Limits STANDARD = new Limits(12, 4096);
  }
}
