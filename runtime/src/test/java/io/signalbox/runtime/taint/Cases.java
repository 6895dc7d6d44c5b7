package io.signalbox.runtime.taint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.protocol.tool.ToolTaint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Cases as files tell them; see docs/taint.md for the form. Every attack stands in content that a
 * harmless task makes the agent read: the task's case with an order put where {@code %%} stands.
 */
final class Cases {
  private static final int GOALS_A_CASE = 3;

  private Cases() {}

  /**
   * One step of an agent: a call, and what it gives back.
   *
   * @param evil whether only an order in what was read asks for it
   */
  record Step(String tool, JsonNode arguments, JsonNode result, boolean evil) {}

  /** A task, what else the agent has before it, and what it does. */
  record Case(
      String id,
      String kind,
      boolean attack,
      String disguise,
      List<String> tasks,
      List<String> standing,
      List<Content> before,
      Map<String, ToolDefinition> tools,
      List<Step> steps) {}

  static List<Case> read(Path folder) {
    List<Case> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(it -> it.toString().endsWith(".yaml"))
          .sorted()
          .forEach(it -> all.addAll(file(it)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static List<Case> file(Path file) {
    JsonNode root;
    try {
      LoaderOptions options = new LoaderOptions();
      root = Json.tree(new Yaml(new SafeConstructor(options)).load(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, ToolDefinition> tools = new LinkedHashMap<>();
    root.path("tools")
        .properties()
        .forEach(it -> tools.put(it.getKey(), tool(it.getKey(), it.getValue())));
    List<Case> all = new ArrayList<>();
    int at = 0;
    for (JsonNode it : root.path("harmless")) {
      all.add(one(root, it, tools, false, "none", "", List.of()));
      int goals = root.path("goals").size();
      if (goals > 0 && slots(root, it)) {
        for (int i = 0; i < Math.min(GOALS_A_CASE, goals); i++) {
          JsonNode goal = root.path("goals").get((at + i) % goals);
          List<Disguise> disguises = List.of(Disguise.values());
          Disguise disguise = disguises.get((at * GOALS_A_CASE + i) % disguises.size());
          String order = disguise.on(goal.path("say").asText(), goal.path("local").asText(""));
          all.add(
              one(
                  root,
                  it,
                  tools,
                  true,
                  disguise.name(),
                  order,
                  steps(root, goal.path("calls"), true, "")));
        }
        at += GOALS_A_CASE;
      }
    }
    for (JsonNode it : root.path("attacks")) {
      all.add(one(root, it, tools, true, it.path("disguise").asText("own"), "", List.of()));
    }
    return all;
  }

  private static boolean slots(JsonNode root, JsonNode one) {
    for (JsonNode step : one.path("steps")) {
      if (step.isTextual() && root.path("fixtures").path(step.asText()).toString().contains("%%")) {
        return true;
      }
    }
    return false;
  }

  private static Case one(
      JsonNode root,
      JsonNode it,
      Map<String, ToolDefinition> tools,
      boolean attack,
      String disguise,
      String order,
      List<Step> evil) {
    List<Step> steps =
        new ArrayList<>(steps(root, it.path("steps"), attack && order.isEmpty(), order));
    if (!evil.isEmpty()) {
      // obeys at once: reads what the task makes it read, then does what it was told there
      steps.removeIf(
          step -> tools.get(step.tool()) != null && tools.get(step.tool()).risk() != Risk.READ);
      steps.addAll(evil);
    }
    List<String> tasks = new ArrayList<>();
    if (it.path("task").isArray()) {
      it.path("task").forEach(t -> tasks.add(t.asText().replace("%%", order)));
    } else {
      tasks.add(it.path("task").asText().replace("%%", order));
    }
    List<Content> before = new ArrayList<>();
    it.path("before")
        .forEach(
            b ->
                before.add(
                    new Content(
                        b.path("source").asText(),
                        b.path("trusted").asBoolean()
                            ? Content.Trust.TRUSTED
                            : Content.Trust.UNTRUSTED,
                        List.of(),
                        false,
                        filled(b.path("value"), order),
                        com.fasterxml.jackson.databind.node.NullNode.getInstance())));
    String id =
        it.path("id").asText()
            + (evil.isEmpty() ? "" : "/" + evil.getLast().tool() + "/" + disguise);
    List<String> standing = new ArrayList<>();
    String own = it.path("standing").asText(root.path("standing").asText(""));
    if (!own.isEmpty()) {
      standing.add(own);
    }
    return new Case(
        root.path("domain").asText() + "/" + id,
        it.path("kind").asText("other"),
        attack,
        disguise,
        tasks,
        standing,
        before,
        withOwn(it, tools),
        steps);
  }

  private static Map<String, ToolDefinition> withOwn(
      JsonNode it, Map<String, ToolDefinition> tools) {
    Map<String, ToolDefinition> all = new LinkedHashMap<>(tools);
    it.path("tools").properties().forEach(t -> all.put(t.getKey(), tool(t.getKey(), t.getValue())));
    return all;
  }

  private static List<Step> steps(JsonNode root, JsonNode steps, boolean evil, String order) {
    List<Step> all = new ArrayList<>();
    for (JsonNode step : steps) {
      if (step.isTextual()) {
        JsonNode fixture = root.path("fixtures").path(step.asText());
        if (fixture.isMissingNode()) {
          throw new IllegalArgumentException("no fixture " + step.asText());
        }
        all.add(
            new Step(
                fixture.path("tool").asText(),
                fixture.path("arguments"),
                filled(fixture.path("result"), order),
                false));
      } else {
        String tool =
            step.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !key.equals("result"))
                .findFirst()
                .orElseThrow();
        JsonNode result =
            step.has("result") ? step.get("result") : Json.object().put("status", "ok");
        all.add(new Step(tool, step.get(tool), filled(result, order), evil));
      }
    }
    return all;
  }

  private static JsonNode filled(JsonNode value, String order) {
    if (value.isTextual()) {
      return TextNode.valueOf(value.textValue().replace("%%", order));
    }
    if (value.isObject()) {
      ObjectNode out = Json.object();
      value.properties().forEach(it -> out.set(it.getKey(), filled(it.getValue(), order)));
      return out;
    }
    if (value.isArray()) {
      var out = Json.MAPPER.createArrayNode();
      value.forEach(it -> out.add(filled(it, order)));
      return out;
    }
    return value;
  }

  private static ToolDefinition tool(String name, JsonNode it) {
    ObjectNode properties = Json.object();
    it.path("args").forEach(arg -> properties.set(arg.asText(), Json.object()));
    ObjectNode parameters = Json.object().put("type", "object");
    parameters.set("properties", properties);
    Optional<ToolTaint> taint =
        it.has("trusted") || it.has("sensitive") || it.has("outside")
            ? Optional.of(
                new ToolTaint(
                    it.path("trusted").asBoolean(),
                    List.of(),
                    it.path("sensitive").asBoolean(),
                    it.path("outside").asBoolean(),
                    Map.of(),
                    Optional.empty()))
            : Optional.empty();
    return new ToolDefinition(
        name,
        "http",
        it.path("description").asText(name.replace('_', ' ')),
        parameters,
        Optional.empty(),
        Risk.parse(it.path("risk").asText()),
        OnUnknownOutcome.ASK,
        Duration.ofSeconds(30),
        List.of(),
        Json.object(),
        Optional.empty(),
        taint);
  }
}
