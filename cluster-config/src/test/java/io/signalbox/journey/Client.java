package io.signalbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;

/** A user of a gateway with a key of theirs. Documents are written in YAML and sent as JSON. */
record Client(URI gateway, String key) {
  private static final Set<String> ENDED = Set.of("completed", "faulted", "cancelled");
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private static final YAMLMapper YAML = new YAMLMapper();

  /** What came back. */
  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    JsonNode json() throws IOException {
      return Json.MAPPER.readTree(response.body());
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    Reply expect(int status) {
      Assertions.assertThat(status()).as(response.body()).isEqualTo(status);
      return this;
    }

    /** A problem document of this status; answers with it. */
    JsonNode problem(int status) throws IOException {
      expect(status);
      Assertions.assertThat(header("Content-Type")).startsWith("application/problem+json");
      Assertions.assertThat(response.body()).doesNotContain("Exception", "\tat ");
      JsonNode problem = json();
      Assertions.assertThat(problem.path("status").asInt()).isEqualTo(status);
      Assertions.assertThat(problem.path("detail").asText()).isNotEmpty();
      return problem;
    }
  }

  static JsonNode yaml(String text) throws IOException {
    return YAML.readTree(text);
  }

  Client as(String another) {
    return new Client(gateway, another);
  }

  Reply send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway + path))
            .timeout(Duration.ofSeconds(90))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.setHeader("Authorization", "Bearer " + key);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return new Reply(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  Reply get(String path, String... headers) throws IOException, InterruptedException {
    return send("GET", path, "", headers);
  }

  Reply post(String path, String yaml, String... headers) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
    all.addAll(List.of(headers));
    return send("POST", path, yaml(yaml).toString(), all.toArray(String[]::new));
  }

  Reply put(String path, String yaml) throws IOException, InterruptedException {
    return send("PUT", path, yaml(yaml).toString(), "Content-Type", "application/json");
  }

  /** Deploys what the text says, under a name in the folder of journeys. */
  void deploy(String name, String definition) throws IOException, InterruptedException {
    String document = "{dsl: '1.0.3', namespace: journey, name: " + name + ", version: '1.0.0'}";
    send(
            "POST",
            "/v1/workflows",
            "document: " + document + "\n" + definition,
            "Content-Type",
            "application/yaml")
        .expect(201);
  }

  Reply begin(String name, String more, String... headers)
      throws IOException, InterruptedException {
    return post(
        "/v1/runs", "workflow: {namespace: journey, name: %s}\n%s".formatted(name, more), headers);
  }

  /** Starts a run; answers with its id. */
  String start(String name, String more) throws IOException, InterruptedException {
    return begin(name, more).expect(201).json().path("id").asText();
  }

  JsonNode run(String id) throws IOException, InterruptedException {
    return get("/v1/runs/" + id).expect(200).json();
  }

  /** The run once it has ended; a gateway that is busy for a moment is asked again. */
  JsonNode ended(String id) throws Exception {
    return Eventually.get(
        "run " + id + " ends",
        () -> {
          Reply reply = get("/v1/runs/" + id);
          return reply.status() == 503 ? Json.object() : reply.expect(200).json();
        },
        run -> ENDED.contains(run.path("status").asText()));
  }

  JsonNode completed(String id) throws Exception {
    JsonNode run = ended(id);
    Assertions.assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("completed");
    return run;
  }

  /** The run once it waits for something of this kind. */
  JsonNode waiting(String id, String kind) throws Exception {
    return Eventually.get(
        "run " + id + " waits for " + kind,
        () -> run(id),
        run -> run.path("waitingFor").findValuesAsText("kind").contains(kind));
  }

  List<JsonNode> history(String id) throws IOException, InterruptedException {
    List<JsonNode> events = new ArrayList<>();
    String cursor = "0";
    while (!cursor.isEmpty()) {
      JsonNode page =
          get("/v1/runs/" + id + "/history?limit=500&cursor=" + cursor).expect(200).json();
      page.path("items").forEach(events::add);
      cursor = page.path("nextCursor").asText("");
    }
    return events;
  }

  /** The pointers of the tasks of a run's history events of one type, in order. */
  List<String> tasks(String id, String type) throws IOException, InterruptedException {
    return history(id).stream()
        .filter(event -> event.path("type").asText().equals(type))
        .map(event -> event.path("task").asText())
        .toList();
  }

  List<String> types(String id) throws IOException, InterruptedException {
    return history(id).stream().map(event -> event.path("type").asText()).toList();
  }

  /** A key for somebody else, made by this one. */
  Client keyFor(String principal, String roles) throws IOException, InterruptedException {
    String secret =
        post("/v1/keys", "{principal: '%s', roles: [%s]}".formatted(principal, roles))
            .expect(201)
            .json()
            .path("secret")
            .asText();
    return as(secret);
  }
}
