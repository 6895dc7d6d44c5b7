package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A client of {@code /mcp} with a session, by hand, so that a test sees every message. */
record McpClient(Client http, String session) {
  private static final String ACCEPT = "application/json, text/event-stream";

  /** Shakes hands; the client says it can do this. */
  static McpClient open(Client http, String version, String capabilities) throws Exception {
    ObjectNode params = Json.object().put("protocolVersion", version);
    params.set("capabilities", Json.MAPPER.readTree(capabilities));
    params.putObject("clientInfo").put("name", "journey").put("version", "1");
    Client.Reply hello =
        http.send("POST", "/mcp", message("1", "initialize", params), headers("")).expect(200);
    assertThat(hello.json().at("/result/protocolVersion").asText()).isEqualTo(version);
    McpClient client = new McpClient(http, hello.header("Mcp-Session-Id"));
    ObjectNode ready = Json.object().put("jsonrpc", "2.0");
    ready.put("method", "notifications/initialized");
    http.send("POST", "/mcp", ready.toString(), headers(client.session)).expect(202);
    return client;
  }

  static McpClient open(Client http) throws Exception {
    return open(http, "2025-11-25", "{}");
  }

  /** The response, error or result, to one request. */
  JsonNode ask(String method, String params) throws Exception {
    return ask(method, Client.yaml(params));
  }

  JsonNode ask(String method, JsonNode params) throws Exception {
    Client.Reply reply =
        http.send("POST", "/mcp", message("7", method, params), headers(session)).expect(200);
    return messages(reply).stream()
        .filter(it -> it.path("id").asText().equals("7") && !it.has("method"))
        .findFirst()
        .orElseGet(MissingNode::getInstance);
  }

  /** The same, answering what the gateway asks of the client meanwhile. */
  JsonNode converse(String method, String params, UnaryOperator<JsonNode> answers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(http.gateway() + "/mcp"))
            .timeout(Duration.ofSeconds(90))
            .POST(HttpRequest.BodyPublishers.ofString(message("8", method, Client.yaml(params))))
            .setHeader("Authorization", "Bearer " + http.key());
    String[] headers = headers(session);
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try (HttpClient client = HttpClient.newHttpClient();
        var lines = client.send(request.build(), HttpResponse.BodyHandlers.ofLines()).body()) {
      for (String line : (Iterable<String>) lines::iterator) {
        if (!line.startsWith("data: ") || line.length() == 6) {
          continue;
        }
        JsonNode said = Json.MAPPER.readTree(line.substring(6));
        if (!said.has("method")) {
          return said;
        }
        if (said.has("id")) {
          ObjectNode answer = Json.object().put("jsonrpc", "2.0");
          answer.set("id", said.path("id"));
          answer.set("result", answers.apply(said));
          http.send("POST", "/mcp", answer.toString(), headers).expect(202);
        }
      }
    }
    return MissingNode.getInstance();
  }

  /** The result of calling a tool; an error fails the test. */
  JsonNode call(String tool, String arguments) throws Exception {
    ObjectNode params = Json.object().put("name", tool);
    params.set("arguments", Client.yaml(arguments));
    JsonNode answer = ask("tools/call", params);
    assertThat(answer.has("result")).as(answer.toString()).isTrue();
    return answer.path("result");
  }

  /** The names in a list. */
  List<String> names(String method, String list, String name) throws Exception {
    return ask(method, "{}").at("/result/" + list).findValuesAsText(name);
  }

  static List<JsonNode> messages(Client.Reply reply) throws Exception {
    if (!reply.header("Content-Type").startsWith("text/event-stream")) {
      return List.of(reply.json());
    }
    List<JsonNode> all = new ArrayList<>();
    for (String line : reply.response().body().lines().toList()) {
      if (line.startsWith("data: ") && line.length() > 6) {
        all.add(Json.MAPPER.readTree(line.substring(6)));
      }
    }
    return all;
  }

  static String message(String id, String method, JsonNode params) {
    ObjectNode message = Json.object().put("jsonrpc", "2.0").put("id", id).put("method", method);
    message.set("params", params);
    return message.toString();
  }

  private static String[] headers(String session) {
    List<String> all =
        new ArrayList<>(List.of("Content-Type", "application/json", "Accept", ACCEPT));
    if (!session.isEmpty()) {
      all.addAll(List.of("Mcp-Session-Id", session));
    }
    return all.toArray(String[]::new);
  }
}
