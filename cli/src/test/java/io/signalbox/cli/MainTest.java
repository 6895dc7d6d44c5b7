package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir private Path folder;

  @Test
  void wrongUsageExitsWithTwoAndSaysWhatIsThere() {
    var nothing = Answering.plain();
    assertThat(nothing.exit()).isEqualTo(2);
    assertThat(nothing.err()).contains("say what to do").contains("approvals");
    assertThat(Answering.plain("frobnicate").exit()).isEqualTo(2);
    assertThat(Answering.plain("watch").exit()).isEqualTo(2);
    assertThat(Answering.plain("runs", "--help").exit()).isZero();
  }

  @Test
  void aServerThatIsNotThereExitsWithOneAndSaysWhatToDo() {
    var result = Answering.plain("runs", "--url", "http://127.0.0.1:1");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("no server answers").contains("signalbox start");
  }

  @Test
  void aProblemIsToldWithEveryPointer() throws Exception {
    Path file = Files.writeString(folder.resolve("flow.yaml"), "document: {}\n");
    String problem =
        """
        {"type": "urn:x", "title": "Invalid", "status": 422, "detail": "the definition has faults",
         "errors": [{"pointer": "/do/0/a", "message": "unknown call"},
                    {"pointer": "/do/1/b", "message": "jq does not compile"}]}
        """;
    try (Answering server = new Answering().at("/v1/workflows", 422, problem)) {
      var result = server.run("deploy", file.toString());
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err())
          .contains("the definition has faults")
          .contains("at /do/0/a  unknown call")
          .contains("at /do/1/b  jq does not compile")
          .contains("what to do: mend");
      assertThat(result.out()).isEmpty();
    }
  }

  @Test
  void runsAreATableForPeopleAndJsonForMachines() throws Exception {
    String page =
        """
        {"items": [{"id": "r1", "workflow": {"namespace": "demo", "name": "review",
          "version": "1.0.0"}, "status": "waiting", "startedAt": "2026-01-15T09:30:12Z",
          "waitingFor": ["approval"]}]}
        """;
    try (Answering server = new Answering().at("/v1/runs", 200, page)) {
      var people = server.run("runs");
      assertThat(people.exit()).isZero();
      assertThat(people.out()).contains("RUN").contains("demo/review:1.0.0").contains("approval");
      assertThat(people.out()).doesNotContain("\u001b");
      var machines = server.run("runs", "--json");
      assertThat(Json.lenient(machines.out()).at("/items/0/id").asText()).isEqualTo("r1");
    }
  }

  @Test
  void aRunIsOrderedByNamespaceNameAndVersion() throws Exception {
    try (Answering server =
        new Answering().at("/v1/runs", 201, "{\"id\": \"r1\", \"status\": \"running\"}")) {
      var result = server.run("run", "demo/review:1.2.0", "{\"a\": 1}", "--label", "team=red");
      assertThat(result.exit()).isZero();
      var order = Json.lenient(server.bodies.getFirst());
      assertThat(order.at("/workflow/namespace").asText()).isEqualTo("demo");
      assertThat(order.at("/workflow/name").asText()).isEqualTo("review");
      assertThat(order.at("/workflow/version").asText()).isEqualTo("1.2.0");
      assertThat(order.at("/input/a").asInt()).isEqualTo(1);
      assertThat(order.at("/labels/team").asText()).isEqualTo("red");
    }
  }

  @Test
  void inputThatIsNotJsonIsRefusedBeforeAnythingIsSent() throws Exception {
    try (Answering server = new Answering()) {
      var result = server.run("run", "review", "{\"a\":");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("is not JSON at line 1");
    }
  }

  @Test
  void aDecisionCarriesItsReason() throws Exception {
    String approval = "{\"id\": \"r1-9\", \"status\": \"rejected\", \"title\": \"Merge?\"}";
    try (Answering server = new Answering().at("/v1/approvals/r1-9/decisions", 200, approval)) {
      var result = server.run("reject", "r1-9", "--reason", "card data");
      assertThat(result.out()).contains("r1-9 is rejected");
      assertThat(server.bodies.getFirst())
          .isEqualTo("{\"decision\":\"reject\",\"reason\":\"card data\"}");
    }
  }

  @Test
  void aToolAnAgentAndAnUnknownThingAreToldApartByTheirFields() throws Exception {
    Path agent =
        Files.writeString(folder.resolve("a.json"), "{\"name\": \"a\", \"model\": \"x/y\"}");
    Path tool = Files.writeString(folder.resolve("t.json"), "{\"name\": \"t\", \"kind\": \"sql\"}");
    Path odd = Files.writeString(folder.resolve("o.json"), "{\"name\": \"o\"}");
    try (Answering server =
        new Answering()
            .at("/v1/agents/a", 201, "{\"name\": \"a\", \"version\": \"1\"}")
            .at("/v1/tools/t", 201, "{\"name\": \"t\", \"version\": \"1\"}")) {
      assertThat(server.run("deploy", agent.toString(), tool.toString()).exit()).isZero();
      assertThat(server.run("deploy", odd.toString()).err()).contains("neither a workflow");
    }
  }
}
