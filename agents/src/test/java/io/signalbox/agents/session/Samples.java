package io.signalbox.agents.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Things the session tests speak about. */
final class Samples {
  static final SessionId SESSION = new SessionId("default", "reviewer", "s1");
  static final RunId RUN = new RunId("default", "r1");
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final ToolDefinition DIFF =
      new ToolDefinition(
          "github.get-diff",
          "builtin",
          "The diff of a pull request",
          json("{'type':'object','properties':{'number':{'type':'integer'}}}"),
          Optional.empty(),
          Risk.READ,
          OnUnknownOutcome.IDEMPOTENT,
          Duration.ofSeconds(10),
          List.of(),
          Json.object());

  private Samples() {}

  static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static AgentDefinition agent(
      int modelCalls, Optional<JsonNode> schema, Optional<JsonNode> script) {
    return new AgentDefinition(
        "reviewer",
        "a careful reviewer",
        "find what is risky",
        "Be brief.",
        "scripted/review",
        List.of("github.get-diff"),
        schema,
        new AgentDefinition.Limits(modelCalls, 1000),
        script);
  }

  static AgentDefinition agent() {
    return agent(5, Optional.empty(), Optional.empty());
  }

  static AgentDefinition scripted(String script) {
    return agent(5, Optional.empty(), Optional.of(json(script)));
  }

  static SessionCommand.Converse converse(String key, AgentDefinition agent) {
    return new SessionCommand.Converse(
        RUN, key, 1, agent, List.of(DIFF), "Review this", json("{'number':7}"));
  }

  static ModelAnswer.Text text(String content) {
    return new ModelAnswer.Text(
        content, json("{'provider':'scripted','scripted':true}"), new Usage(1, 10, 2, 0));
  }

  static ModelAnswer.ToolCalls wants(ModelAnswer.Call... calls) {
    return new ModelAnswer.ToolCalls(
        "", Arrays.asList(calls), json("{'provider':'scripted'}"), new Usage(1, 10, 2, 0));
  }

  static ModelAnswer.Call call(String tool, String arguments) {
    return new ModelAnswer.Call("given-by-model", tool, json(arguments));
  }

  static Outcome done(String result) {
    return new Outcome.Succeeded(json(result), Usage.NONE);
  }
}
