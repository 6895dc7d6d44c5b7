package io.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.http.Served.Told;
import org.junit.jupiter.api.Test;

class WorkflowRoutesTest {
  @Test
  void aDefinitionIsDeployedOnceAndGivenBack() {
    Told made = Served.post("/v1/workflows", "document: {}\n", "Content-Type", "application/yaml");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body().path("digest").asText()).startsWith("sha256:");
    Told again = Served.post("/v1/workflows", "document: {}\n", "Content-Type", "application/yaml");
    assertThat(again.status()).isEqualTo(200);
    String path = made.header("Location");
    assertThat(Served.get(path).body().has("definition")).isTrue();
    Told yaml = Served.get(path + "?format=yaml");
    assertThat(yaml.header("Content-Type")).startsWith("application/yaml");
    assertThat(yaml.raw().body()).isEqualTo("document: {}\n");
    assertThat(Served.get(path + "?format=xml").status()).isEqualTo(422);
    assertThat(Served.with("DELETE", path, "").status()).isEqualTo(204);
    assertThat(Served.with("DELETE", path, "").status()).isEqualTo(404);
  }

  @Test
  void everyFaultOfADefinitionHasItsPointer() {
    Told told = Served.post("/v1/workflows", "{\"bad\":1}");
    assertThat(told.status()).isEqualTo(422);
    assertThat(told.body().at("/errors/0/pointer").asText()).isEqualTo("/do/0/x");
    assertThat(told.body().path("errors")).hasSize(2);
  }

  @Test
  void onlyYamlAndJsonAreRead() {
    assertThat(Served.post("/v1/workflows", "x", "Content-Type", "text/html").status())
        .isEqualTo(415);
    assertThat(Served.post("/v1/workflows", "{]").status()).isEqualTo(400);
    assertThat(Served.post("/v1/workflows", "").status()).isEqualTo(400);
  }

  @Test
  void workflowsAreListed() {
    assertThat(
            Served.get("/v1/workflows?namespace=acme")
                .body()
                .path("items")
                .findValuesAsText("name"))
        .contains("hello");
    assertThat(Served.get("/v1/workflows/acme/hello").body().at("/items/0/version").asText())
        .isEqualTo("1.0.0");
    assertThat(Served.get("/v1/workflows/acme/nothing").status()).isEqualTo(404);
  }
}
