package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Where one scenario is played: what it has deployed, the services it has put up, and the run it
 * looks at. Its workflows lie in a namespace of its own.
 */
final class Stage implements AutoCloseable {
  final Client client;
  private final Outside demo;
  private final int number;
  private final Map<String, Service> services = new HashMap<>();
  private final Map<String, String> executions = new HashMap<>();
  private final List<JsonNode> deployed = new ArrayList<>();
  private Optional<Client.Reply> refused = Optional.empty();
  private Optional<JsonNode> workflow = Optional.empty();
  private Optional<JsonNode> run = Optional.empty();
  JsonNode input = Json.object();

  Stage(Client client, Outside demo, int number) {
    this.client = client;
    this.demo = demo;
    this.number = number;
  }

  // -- services outside --------------------------------------------------------------------------

  /** The stand-in for a host of this scenario, such as {@code https://orders.example}. */
  Service service(String url) throws IOException {
    Service known = services.get(url);
    if (known == null) {
      known = new Service();
      services.put(url, known);
    }
    return known;
  }

  /** A text with every host that has a stand-in replaced by it. */
  String local(String text) {
    String replaced = PetStore.local(text, demo);
    for (Map.Entry<String, Service> service : services.entrySet()) {
      replaced = replaced.replace(service.getKey(), service.getValue().url());
    }
    return replaced;
  }

  // -- workflows ---------------------------------------------------------------------------------

  /** Deploys a definition under the scenario's own namespace; a refusal is kept for later. */
  Optional<JsonNode> deploy(String definition) throws Exception {
    JsonNode parsed = Client.yaml(definition);
    own(parsed.path("document"));
    parsed.findValues("run").forEach(it -> own(it.path("workflow")));
    Client.Reply reply = post("/v1/workflows", parsed.toString());
    if (reply.status() == 422) {
      refused = Optional.of(reply);
      return Optional.empty();
    }
    assertThat(reply.status()).as(reply.response().body()).isIn(200, 201);
    JsonNode made = reply.json();
    deployed.add(made);
    return Optional.of(made);
  }

  private void own(JsonNode reference) {
    if (reference instanceof ObjectNode object && object.path("namespace").isTextual()) {
      object.put("namespace", object.path("namespace").asText() + "-scene-" + number);
    }
  }

  void play(Optional<JsonNode> of) {
    workflow = of;
  }

  JsonNode workflow() {
    return workflow.orElseThrow(
        () ->
            new AssertionError(
                refused.map(it -> "refused: " + it.response().body()).orElse("no workflow")));
  }

  JsonNode workflow(String name) {
    return deployed.stream()
        .filter(it -> it.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no workflow " + name + " among " + deployed));
  }

  Client.Reply refusal() {
    return refused.orElseThrow(() -> new AssertionError("the definition was not refused"));
  }

  // -- runs --------------------------------------------------------------------------------------

  /**
   * Starts a run and looks at it from now on.
   *
   * @param query such as {@code ?wait=PT30S}
   */
  void execute(JsonNode what, String query) throws Exception {
    ObjectNode wanted = Json.object();
    wanted
        .putObject("workflow")
        .put("namespace", what.path("namespace").asText())
        .put("name", what.path("name").asText())
        .put("version", what.path("version").asText());
    wanted.set("input", input);
    run = Optional.of(post("/v1/runs" + query, wanted.toString()).expect(201).json());
  }

  /** A gateway that is busy for a moment is asked again; the key makes that harmless. */
  private Client.Reply post(String path, String body) throws Exception {
    String key = UUID.randomUUID().toString();
    return Eventually.get(
        path + " is answered",
        () ->
            client.send(
                "POST", path, body, "Content-Type", "application/json", "Idempotency-Key", key),
        reply -> reply.status() != 503);
  }

  void name(String execution) {
    executions.put(execution, id());
  }

  void look(String execution) throws Exception {
    String id = executions.get(execution);
    if (id == null) {
      throw new AssertionError("no execution " + execution + " among " + executions.keySet());
    }
    run = Optional.of(client.run(id));
  }

  void look(JsonNode another) {
    run = Optional.of(another);
  }

  String id() {
    return run().path("id").asText();
  }

  /** The run as it was last seen. */
  JsonNode run() {
    return run.orElseThrow(() -> new AssertionError("nothing was executed"));
  }

  JsonNode ended() throws Exception {
    JsonNode ended = client.ended(id());
    run = Optional.of(ended);
    return ended;
  }

  /** The runs of a workflow, oldest first. */
  List<JsonNode> runs(JsonNode of) throws Exception {
    List<JsonNode> found = new ArrayList<>();
    client
        .get(
            "/v1/runs?limit=500&namespace=%s&workflow=%s"
                .formatted(of.path("namespace").asText(), of.path("name").asText()))
        .expect(200)
        .json()
        .path("items")
        .forEach(found::add);
    return found.reversed();
  }

  /** Puts the services down and stops what would start again by itself. */
  @Override
  public void close() throws IOException {
    try {
      for (JsonNode it : deployed) {
        remove(it);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a scenario was cleared away");
    } finally {
      services.values().forEach(Service::close);
    }
  }

  private void remove(JsonNode it) throws IOException, InterruptedException {
    client.send(
        "DELETE",
        "/v1/workflows/%s/%s/%s"
            .formatted(
                it.path("namespace").asText(),
                it.path("name").asText(),
                it.path("version").asText()),
        "");
  }

  @Override
  public String toString() {
    return run.map(it -> "run: " + it)
        .or(() -> workflow.map(it -> "workflow: " + it))
        .or(() -> refused.map(it -> "refused: " + it.response().body()))
        .orElse("nothing was deployed");
  }
}
