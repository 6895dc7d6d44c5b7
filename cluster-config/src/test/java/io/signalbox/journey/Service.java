package io.signalbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.boot.postgres.Pause;
import io.signalbox.journey.Outside.Received;
import io.signalbox.journey.Outside.Said;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A service outside, put up by a scenario: a list of rules, of which the first that fits answers.
 */
final class Service implements AutoCloseable {
  private final Outside outside = Outside.open();
  private final List<Rule> rules = new ArrayList<>();

  /** What is asked and what is answered; {@code left} is how often it will be. */
  private static final class Rule {
    private final JsonNode spec;
    private int left;

    Rule(JsonNode spec) {
      this.spec = spec;
      this.left = spec.path("times").asInt(Integer.MAX_VALUE);
    }
  }

  Service() throws IOException {
    outside.on("/", this::answer);
  }

  String url() {
    return outside.url();
  }

  void answers(JsonNode list) {
    synchronized (rules) {
      list.forEach(spec -> rules.add(new Rule(spec)));
    }
  }

  List<Received> received() {
    return outside.received("/");
  }

  /** Whether a request has everything that is named: method, path, query, headers, body, form. */
  static boolean fits(JsonNode spec, Received request) {
    return (spec.path("method").isMissingNode()
            || spec.path("method").asText().equalsIgnoreCase(request.method()))
        && (spec.path("path").isMissingNode() || path(spec.path("path").asText(), request.path()))
        && contains(spec.path("query"), pairs(request.query()))
        && contains(spec.path("form"), pairs(request.body()))
        && (spec.path("request").isMissingNode()
            || json(request.body()).equals(Optional.of(spec.path("request"))))
        && spec.path("headers").properties().stream()
            .allMatch(
                it -> request.header(it.getKey()).equals(Optional.of(it.getValue().asText())));
  }

  private static boolean path(String wanted, String path) {
    return wanted.endsWith("*")
        ? path.startsWith(wanted.substring(0, wanted.length() - 1))
        : path.equals(wanted);
  }

  private static boolean contains(JsonNode wanted, Map<String, String> pairs) {
    return wanted.properties().stream()
        .allMatch(it -> it.getValue().asText().equals(pairs.get(it.getKey())));
  }

  static Map<String, String> pairs(String text) {
    return Arrays.stream(text.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(
            Collectors.toMap(
                pair -> decoded(pair[0]),
                pair -> decoded(pair[1]),
                (one, another) -> one + "," + another));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  static Optional<JsonNode> json(String text) {
    try {
      return Optional.of(Json.MAPPER.readTree(text));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Said answer(Received request) throws IOException {
    Optional<JsonNode> chosen = choose(request);
    if (chosen.isEmpty()) {
      return Said.json(404, "{\"message\":\"no rule for this request\"}");
    }
    JsonNode it = chosen.get();
    if (it.has("delay")) {
      Pause.of(Duration.parse(it.path("delay").asText()));
    }
    JsonNode body = it.path("body");
    Said said =
        body.isTextual()
            ? new Said(it.path("status").asInt(200), "text/plain", body.asText())
            : Said.json(it.path("status").asInt(200), body.isMissingNode() ? "" : body.toString());
    return said.with(
        it.path("answerHeaders").properties().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, header -> header.getValue().asText())));
  }

  private Optional<JsonNode> choose(Received request) {
    synchronized (rules) {
      Optional<Rule> rule =
          rules.stream().filter(it -> it.left > 0 && fits(it.spec, request)).findFirst();
      rule.ifPresent(it -> it.left--);
      return rule.map(it -> it.spec);
    }
  }

  @Override
  public void close() {
    outside.close();
  }
}
