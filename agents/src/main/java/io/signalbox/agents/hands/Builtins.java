package io.signalbox.agents.hands;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.agents.hands.github.GitHub;
import io.signalbox.agents.hands.jira.Jira;
import io.signalbox.agents.hands.kit.Done;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.policy.PolicyScan;
import io.signalbox.agents.hands.slack.Slack;
import io.signalbox.agents.hands.web.Wire;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.tool.ToolDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools that come with the gateway: declared in {@code tools/*.json}, each with its hand. */
final class Builtins {
  private static final String ECHO = "echo";
  private static final List<String> FILES = List.of("core", "github", "jira", "slack");

  private final Map<String, Hand> hands = new HashMap<>();
  private final List<ToolDefinition> definitions = new ArrayList<>();

  Builtins(HandsSettings settings, Wire wire) {
    hands.put(ECHO, order -> Done.with(order.arguments()));
    hands.put("policy.scan", new PolicyScan());
    hands.putAll(GitHub.hands(settings.github(), wire));
    hands.putAll(Jira.hands(settings.jira(), wire));
    hands.putAll(Slack.hands(settings.slack(), wire));
    FILES.forEach(file -> definitions.addAll(read(file)));
    var declared = definitions.stream().map(ToolDefinition::name).toList();
    if (declared.size() != hands.size() || !hands.keySet().containsAll(declared)) {
      throw new IllegalStateException(
          "tools declared " + declared + ", but hands for " + hands.keySet());
    }
  }

  List<ToolDefinition> definitions() {
    return List.copyOf(definitions);
  }

  /** Whether the tool needs nothing but a moment's thought, and so no thread of its own. */
  static boolean atOnce(String name) {
    return name.equals(ECHO);
  }

  Optional<Hand> hand(String name) {
    return Optional.ofNullable(hands.get(name));
  }

  private static List<ToolDefinition> read(String file) {
    try (var in = Builtins.class.getResourceAsStream("tools/" + file + ".json")) {
      if (in == null) {
        throw new IllegalStateException("no tools/" + file + ".json");
      }
      var tools = new ArrayList<ToolDefinition>();
      for (JsonNode declared : Json.MAPPER.readTree(in)) {
        var tool = (ObjectNode) declared;
        tool.put("kind", "builtin").putObject("config");
        tool.putArray("approvers");
        tools.add(Json.MAPPER.convertValue(tool, new TypeReference<ToolDefinition>() {}));
      }
      return tools;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
