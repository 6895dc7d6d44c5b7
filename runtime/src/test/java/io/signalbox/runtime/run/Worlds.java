package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.catalog.Rulebook;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** What random runs meet outside: tools, an agent, and what becomes of a call, by chance. */
final class Worlds {
  private static final List<String> RESULTS =
      List.of(
          "{\"n\":1,\"s\":\"4\"}",
          "{\"n\":7,\"xs\":[1,2],\"flag\":true}",
          "[1,2,3]",
          "\"text\"",
          "null",
          "12.5",
          "{\"pause\":\"PT1S\",\"limit\":\"PT4S\",\"n\":3}");

  private Worlds() {}

  static final Rulebook RULES = new Rulebook(1, all(), Map.of("helper", helper()));

  /** Names of tools to call, one of which does not exist. */
  static List<String> tools(boolean steady) {
    return steady
        ? List.of("idempotent", "probe", "ask", "held", "nothing")
        : List.of("idempotent", "probe", "ask", "fail", "held", "nothing");
  }

  private static Map<String, ToolDefinition> all() {
    Map<String, ToolDefinition> tools = new HashMap<>();
    for (OnUnknownOutcome policy : OnUnknownOutcome.values()) {
      String name = policy.name().toLowerCase(java.util.Locale.ROOT);
      tools.put(name, tool(name, policy, List.of()));
    }
    tools.put("held", tool("held", OnUnknownOutcome.IDEMPOTENT, List.of("role:boss")));
    return tools;
  }

  private static ToolDefinition tool(String name, OnUnknownOutcome policy, List<String> approvers) {
    return new ToolDefinition(
        name,
        "builtin",
        name,
        Json.object(),
        Optional.empty(),
        Risk.WRITE,
        policy,
        Duration.ofSeconds(10),
        approvers,
        Json.object());
  }

  private static AgentDefinition helper() {
    return new AgentDefinition(
        "helper",
        "role",
        "goal",
        "",
        "scripted/x",
        List.of("idempotent", "held", "probe", "ask"),
        Optional.empty(),
        AgentDefinition.Limits.STANDARD,
        Optional.empty());
  }

  /** What becomes of a call: mostly it succeeds. */
  static Outcome outcome(SplittableRandom random) {
    if (random.nextInt(10) < 7) {
      return new Outcome.Succeeded(result(random), Usage.NONE);
    }
    String[] kinds = {"communication", "timeout", "authentication", "authorization", "validation"};
    int[] statuses = {503, 408, 401, 403, 400};
    int which = random.nextInt(kinds.length);
    return new Outcome.Failed(
        kinds[which],
        statuses[which],
        "because",
        random.nextInt(5) == 0 ? Optional.of(Duration.ofSeconds(9)) : Optional.empty());
  }

  static JsonNode result(SplittableRandom random) {
    return Play.json(RESULTS.get(random.nextInt(RESULTS.size())));
  }

  /** An event of one of the types that random runs listen for, in turn. */
  static CloudEvent event(String id, int number, JsonNode data) {
    return new CloudEvent(
        id,
        "https://world.test",
        List.of("proof.a", "proof.b", "proof.stop").get(number % 3),
        Optional.empty(),
        Instant.EPOCH,
        Optional.of("application/json"),
        Map.of(),
        data);
  }
}
