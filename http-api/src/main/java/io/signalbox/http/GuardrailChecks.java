package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.wire.Fields;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.guard.Action;
import io.signalbox.protocol.guard.Check;
import io.signalbox.protocol.guard.Stage;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads the checks of a guardrail; what else a check holds are its detector's options. */
final class GuardrailChecks {
  private static final List<String> STAGES = List.of("input", "arguments", "result", "output");
  private static final List<String> ACTIONS = List.of("allow", "flag", "redact", "ask", "block");

  /** What each detector may be told, beside {@code detector}, {@code on} and {@code action}. */
  private static final Map<String, Set<String>> OPTIONS =
      Map.ofEntries(
          Map.entry("injection", Set.of("threshold", "model")),
          Map.entry("secret", Set.of()),
          Map.entry("card", Set.of()),
          Map.entry("iban", Set.of()),
          Map.entry("national-id", Set.of()),
          Map.entry("email", Set.of()),
          Map.entry("phone", Set.of("region")),
          Map.entry("ip", Set.of()),
          Map.entry("name", Set.of()),
          Map.entry("personal", Set.of("region")),
          Map.entry("words", Set.of("any")),
          Map.entry("pattern", Set.of("pattern")),
          Map.entry("topic", Set.of("examples", "threshold")),
          Map.entry("length", Set.of("max")),
          Map.entry("loop", Set.of("max")),
          Map.entry("judge", Set.of("url", "timeout", "threshold", "credential")));

  private GuardrailChecks() {}

  static List<Check> read(JsonNode checks, Fields fields) {
    List<Check> read = new ArrayList<>();
    if (!checks.isArray() || checks.isEmpty()) {
      fields.fault("checks", "must be an array with a check in it");
      return read;
    }
    for (int i = 0; i < checks.size(); i++) {
      read.add(check(checks.get(i), "checks/" + i, fields));
    }
    return read;
  }

  private static Check check(JsonNode node, String at, Fields fields) {
    String detector = node.path("detector").asText();
    Set<String> options = OPTIONS.get(detector);
    if (options == null) {
      fault(
          fields,
          at + "/detector",
          "must be one of " + OPTIONS.keySet().stream().sorted().toList());
      options = Set.of();
    }
    List<Stage> on = new ArrayList<>();
    for (JsonNode stage : node.path("on")) {
      if (STAGES.contains(stage.asText())) {
        on.add(Stage.valueOf(stage.asText().toUpperCase(Locale.ROOT)));
      } else {
        fault(fields, at + "/on", "must hold words of " + STAGES);
      }
    }
    if (on.isEmpty() && detector.equals("loop")) {
      on.add(Stage.ARGUMENTS);
    }
    if (on.isEmpty()) {
      fault(fields, at + "/on", "must name at least one of " + STAGES);
    }
    String action = node.path("action").asText(detector.equals("loop") ? "block" : "");
    if (!ACTIONS.contains(action)) {
      fault(fields, at + "/action", "must be one of " + ACTIONS);
      action = "block";
    }
    ObjectNode told = node instanceof ObjectNode object ? object.deepCopy() : Json.object();
    told.remove(List.of("detector", "on", "action"));
    for (String name : (Iterable<String>) told::fieldNames) {
      if (!options.contains(name)) {
        fault(fields, at + "/" + name, "is not an option of detector " + detector);
      }
    }
    options(detector, told, at, fields);
    return new Check(detector, on, Action.valueOf(action.toUpperCase(Locale.ROOT)), told);
  }

  private static void options(String detector, ObjectNode told, String at, Fields fields) {
    JsonNode threshold = told.path("threshold");
    if (!threshold.isMissingNode()
        && !(threshold.isNumber() && threshold.asDouble() >= 0 && threshold.asDouble() <= 1)) {
      fault(fields, at + "/threshold", "must be a number from 0 to 1");
    }
    switch (detector) {
      case "words" -> texts(told, "any", at, fields);
      case "topic" -> texts(told, "examples", at, fields);
      case "length", "loop" -> {
        if (!told.path("max").canConvertToInt() || told.path("max").asInt() < 1) {
          fault(fields, at + "/max", "must be a whole number of 1 or more");
        }
      }
      case "pattern" -> pattern(told.path("pattern"), at, fields);
      case "judge" -> {
        if (!isAddress(told.path("url").asText())) {
          fault(fields, at + "/url", "must be the http address of a classifier");
        }
        if (told.has("timeout") && !isPatience(told.path("timeout").asText())) {
          fault(fields, at + "/timeout", "must be an ISO 8601 duration of at most a minute");
        }
      }
      default -> {}
    }
  }

  private static boolean isAddress(String text) {
    try {
      URI address = new URI(text);
      return text.matches("https?://\\S+") && address.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isPatience(String text) {
    try {
      Duration patience = Duration.parse(text);
      return patience.isPositive() && patience.compareTo(Duration.ofMinutes(1)) <= 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static void texts(ObjectNode told, String name, String at, Fields fields) {
    JsonNode list = told.path(name);
    boolean fine = list.isArray() && !list.isEmpty() && list.size() <= 1000;
    for (JsonNode text : list) {
      fine &= text.isTextual() && !text.textValue().isBlank();
    }
    if (!fine) {
      fault(fields, at + "/" + name, "must be an array of 1 to 1000 strings");
    }
  }

  private static void pattern(JsonNode pattern, String at, Fields fields) {
    try {
      if (pattern.asText().isEmpty() || pattern.asText().length() > 1000) {
        fault(fields, at + "/pattern", "must have 1 to 1000 characters");
      }
      Pattern.compile(pattern.asText());
    } catch (PatternSyntaxException e) {
      fault(fields, at + "/pattern", "is no regular expression: " + e.getDescription());
    }
  }

  private static void fault(Fields fields, String at, String message) {
    fields.faultAt("/" + at, message);
  }
}
