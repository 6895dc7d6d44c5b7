package io.signalbox.agents.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Requests the model tests make. */
final class Requests {
  private Requests() {}

  static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static ToolDefinition tool(String name) {
    return new ToolDefinition(
        name,
        "builtin",
        "Does " + name,
        json(
            """
            {'type':'object','required':['number'],'additionalProperties':false,'properties':{
              'number':{'type':'integer','minimum':1},
              'how':{'type':'object','properties':{'tone':{'enum':['kind','terse']}}}}}
            """),
        Optional.empty(),
        Risk.READ,
        OnUnknownOutcome.IDEMPOTENT,
        Duration.ofSeconds(10),
        List.of(),
        Json.object());
  }

  static AgentDefinition agent(String model, Optional<JsonNode> script) {
    return new AgentDefinition(
        "reviewer",
        "",
        "",
        "",
        model,
        List.of("github.get-diff"),
        Optional.empty(),
        new AgentDefinition.Limits(5, 777),
        script);
  }

  static ModelRequest request(AgentDefinition agent) {
    return request(agent, 1, List.of(new Line.User("Review this")));
  }

  static ModelRequest request(AgentDefinition agent, int call, List<Line> lines) {
    return new ModelRequest(
        agent,
        List.of(tool("github.get-diff")),
        "You are careful.",
        lines,
        call,
        "Review this",
        json("{'number':7,'labels':['a','b'],'author':{'name':'ada'}}"));
  }

  /** A dialogue in which a tool has been called and has failed. */
  static ModelRequest later(AgentDefinition agent) {
    var call =
        new ModelAnswer.Call(
            "m0001t001", "github.get-diff", json("{'number':7,'how':{'tone':'kind'}}"));
    return request(
        agent,
        2,
        List.of(
            new Line.User("Review this"),
            new Line.Agent("", List.of(call)),
            new Line.Tool("m0001t001", "github.get-diff", "refused by rule 7", true)));
  }
}
