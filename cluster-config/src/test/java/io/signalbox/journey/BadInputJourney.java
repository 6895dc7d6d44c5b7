package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is refused, clearly, at once, and changes nothing. */
class BadInputJourney {
  @RegisterExtension
  static final LiveGateway GATEWAY =
      new LiveGateway("signalbox.http.hooks.hub { type = github, secret = \"journey-secret\" }");

  private final Client client = GATEWAY.client();

  @ParameterizedTest
  @ValueSource(strings = {"{\"workflow\": ", "[1,]", "", "\u0000", "{\"a\":1} trailing"})
  void malformedJsonIs400(String body) throws Exception {
    client.send("POST", "/v1/runs", body, "Content-Type", "application/json").problem(400);
  }

  @Test
  void anUnknownFieldIs422AndNamed() throws Exception {
    JsonNode problem =
        client
            .post(
                "/v1/runs", "{workflow: {namespace: journey, name: x, color: red}, inptu: {a: 1}}")
            .problem(422);
    assertThat(problem.path("errors").findValuesAsText("pointer"))
        .contains("/workflow/color", "/inptu");
  }

  @Test
  void aDefinitionIsToldAllItsFaultsAtOnce() throws Exception {
    String definition =
        """
        document: {dsl: '1.0.3', namespace: journey, name: faulty, version: '1.0.0'}
        do:
          - one: {call: http, with: {method: get}}
          - two: {set: {a: '${ .b[ }'}}
          - three: {switch: [{never: {when: '.a ==', then: nowhere}}]}
          - four: {call: asyncapi, with: {document: {endpoint: 'http://127.0.0.1/x'}, operation: y}}
        """;
    JsonNode problem =
        client
            .send("POST", "/v1/workflows", definition, "Content-Type", "application/yaml")
            .problem(422);
    List<String> pointers = problem.path("errors").findValuesAsText("pointer");
    for (String task : List.of("/do/0/one", "/do/1/two", "/do/2/three", "/do/3/four")) {
      assertThat(pointers).as(problem.toString()).anyMatch(it -> it.startsWith(task));
    }
    client.get("/v1/workflows/journey/faulty").problem(404);
  }

  @Test
  void anExpressionThatDoesNotCompileIsRefusedAtDeployment() throws Exception {
    String definition =
        """
        document: {dsl: '1.0.3', namespace: journey, name: jq, version: '1.0.0'}
        do:
          - broken: {set: {a: '${ .a | nosuchfunction(1) }'}}
        """;
    JsonNode problem =
        client
            .send("POST", "/v1/workflows", definition, "Content-Type", "application/yaml")
            .problem(422);
    assertThat(problem.path("errors").findValuesAsText("pointer"))
        .containsExactly("/do/0/broken/set/a");
    assertThat(problem.path("errors").toString()).contains("nosuchfunction");
  }

  @Test
  void aWebhookWithAWrongSignatureIs401AndNothingHappens() throws Exception {
    client.deploy(
        "hooked",
        """
        schedule: {on: {one: {with: {type: com.github.ping}}}}
        do:
          - note: {set: {seen: true}}
        """);
    String body = "{\"zen\":\"Keep it logically awesome.\"}";
    Client stranger = client.as("");
    for (String signature : List.of("sha256=" + "0".repeat(64), "sha256=", "", "nonsense")) {
      stranger
          .send("POST", "/v1/hooks/hub", body, GitHub.headers("d1", "ping", signature))
          .problem(401);
    }
    // the genuine one that follows is the only one that acts, though it has the same delivery id
    stranger
        .send("POST", "/v1/hooks/hub", body, GitHub.headers("d1", "ping", GitHub.sign(body)))
        .expect(202);
    JsonNode runs =
        Eventually.get(
            "the delivery starts a run",
            () -> client.get("/v1/runs?workflow=hooked").expect(200).json(),
            page -> !page.path("items").isEmpty());
    client.completed(runs.at("/items/0/id").asText());
    assertThat(client.get("/v1/runs?workflow=hooked").json().path("items")).hasSize(1);
    stranger
        .send("POST", "/v1/hooks/other", body, GitHub.headers("d2", "ping", GitHub.sign(body)))
        .problem(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody-knows-it",
        "%2e%2e%2f%2e%2e%2fetc",
        "a%7Cb",
        "%00",
        "%F0%9F%A6%8A",
        "..%20",
        "'--"
      })
  void anUnknownOrOddRunIdIs404(String id) throws Exception {
    client.get("/v1/runs/" + id).problem(404);
    client.get("/v1/runs/" + id + "/history").problem(404);
  }

  @Test
  void anIdAsLongAsATargetMayBeIs404() throws Exception {
    client.get("/v1/runs/" + "x".repeat(7000)).problem(404);
  }

  @Test
  void anOddIdCannotBeActedOn() throws Exception {
    for (String verb : List.of("suspend", "resume", "cancel", "retry")) {
      assertThat(client.post("/v1/runs/unknown-one/" + verb, "{}").problem(404)).isNotEmpty();
    }
    int odd = client.post("/v1/runs/a%7Cb/cancel", "{}").status();
    assertThat(odd).isIn(404, 422);
  }

  @Test
  void aBodyOver16MiBIs413AndTheConnectionOutlivesIt() throws Exception {
    String much = "{\"input\":\"" + "x".repeat(17 * 1024 * 1024) + "\"}";
    client.send("POST", "/v1/runs", much, "Content-Type", "application/json").problem(413);
    client.get("/v1/runs").expect(200);
  }

  @Test
  void withoutACredentialOrWithAWrongOneItIs401() throws Exception {
    client.as("").get("/v1/runs").problem(401);
    client.as("sbk_wrong").get("/v1/runs").problem(401);
    client.as("").get("/health/ready").expect(200);
  }
}
