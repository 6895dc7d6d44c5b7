package io.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.http.Served.Told;
import io.signalbox.protocol.run.RunCommand;
import org.junit.jupiter.api.Test;

class RunRoutesTest {
  private static final String HELLO = "\"workflow\":{\"namespace\":\"acme\",\"name\":\"hello\"}";

  @Test
  void aRunStartsAtTheNewestVersionUnderAFreshId() {
    Told told = Served.post("/v1/runs", "{" + HELLO + ",\"labels\":{\"a\":\"b\"}}");
    assertThat(told.status()).isEqualTo(201);
    assertThat(told.header("Location")).isEqualTo("/v1/runs/" + told.body().path("id").asText());
    assertThat(told.body().at("/workflow/version").asText()).isEqualTo("1.0.0");
    assertThat(told.body().at("/labels/a").asText()).isEqualTo("b");
    assertThat(told.body().path("status").asText()).isEqualTo("completed");
    assertThat(told.body().path("startedAt").asText()).isEqualTo("2026-01-31T12:00:00Z");
    String id = told.body().path("id").asText();
    assertThat(Served.WORLD.order(id).startedBy()).isEqualTo("user:root");
    assertThat(Served.get("/v1/runs/" + id).body().path("id").asText()).isEqualTo(id);
  }

  @Test
  void anIdIsUsedOnce() {
    String body = "{" + HELLO + ",\"id\":\"once\"}";
    assertThat(Served.post("/v1/runs", body).status()).isEqualTo(201);
    Told again = Served.post("/v1/runs", body);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.header("Content-Type")).contains("application/problem+json");
  }

  @Test
  void anotherTenantHasIdsOfItsOwn() {
    Served.WORLD.workflow("other", "acme", "hello", "1.0.0");
    assertThat(Served.post("/v1/runs", "{" + HELLO + ",\"id\":\"mine\"}").status()).isEqualTo(201);
    String[] eve = {"Authorization", "Bearer other-key"};
    assertThat(Served.send(Served.to("/v1/runs/mine").setHeader(eve[0], eve[1])).status())
        .isEqualTo(404);
    assertThat(Served.post("/v1/runs", "{" + HELLO + ",\"id\":\"mine\"}", eve).status())
        .isEqualTo(201);
  }

  @Test
  void aStartThatWaitsTellsTheRunAsItIsWhenTimeIsUp() {
    Told told =
        Served.post("/v1/runs?wait=PT0.3S", "{" + HELLO + ",\"input\":{\"be\":\"running\"}}");
    assertThat(told.status()).isEqualTo(201);
    assertThat(told.body().path("status").asText()).isEqualTo("running");
    assertThat(Served.post("/v1/runs?wait=soon", "{" + HELLO + "}").status()).isEqualTo(422);
  }

  @Test
  void everyFaultOfABodyIsToldAtOnceWithItsPointer() {
    Told told =
        Served.post(
            "/v1/runs",
            """
            {"workflow":{"name":7,"extra":1},"labels":[],"id":"a b","nonsense":true}""");
    assertThat(told.status()).isEqualTo(422);
    assertThat(told.body().path("errors").findValuesAsText("pointer"))
        .contains(
            "/workflow/namespace",
            "/workflow/name",
            "/workflow/extra",
            "/labels",
            "/id",
            "/nonsense");
    assertThat(told.body().path("instance").asText()).isEqualTo("/v1/runs");
  }

  @Test
  void anUnknownWorkflowOrRunIsNotFound() {
    assertThat(
            Served.post("/v1/runs", "{\"workflow\":{\"namespace\":\"acme\",\"name\":\"no\"}}")
                .status())
        .isEqualTo(404);
    assertThat(Served.get("/v1/runs/nobody").status()).isEqualTo(404);
  }

  @Test
  void oddIdsAreNotFoundWhenReadAndInvalidWhenWritten() {
    assertThat(Served.get("/v1/runs/%F0%9F%9A%82").status()).isEqualTo(404);
    assertThat(Served.get("/v1/runs/a%7Cb").status()).isEqualTo(404);
    assertThat(Served.get("/v1/runs/" + "x".repeat(129)).status()).isEqualTo(404);
    assertThat(Served.post("/v1/runs/a%2Fb/cancel", "{}").status()).isEqualTo(422);
    assertThat(Served.post("/v1/runs/..%2F..%2Fetc/cancel", "{}").status()).isEqualTo(422);
  }

  @Test
  void aBusyRuntimeSaysWhenToComeBack() {
    Told told = Served.post("/v1/runs", "{" + HELLO + ",\"input\":{\"be\":\"busy\"}}");
    assertThat(told.status()).isEqualTo(503);
    assertThat(told.header("Retry-After")).isEqualTo("7");
  }

  @Test
  void theListFiltersAndTellsItsCursor() {
    Told told =
        Served.get("/v1/runs?status=faulted&limit=1&label=team=a&from=2026-01-01T00:00:00Z");
    assertThat(told.status()).isEqualTo(200);
    assertThat(told.body().at("/items/0/status").asText()).isEqualTo("faulted");
    assertThat(told.body().at("/items/0/workflow/name").asText()).isEqualTo("hello");
    assertThat(told.body().path("nextCursor").asText()).isEqualTo("c2");
    assertThat(Served.get("/v1/runs?limit=0").status()).isEqualTo(422);
    assertThat(Served.get("/v1/runs?limit=501").status()).isEqualTo(422);
    assertThat(Served.get("/v1/runs?status=odd").status()).isEqualTo(422);
    assertThat(Served.get("/v1/runs?from=yesterday").status()).isEqualTo(422);
    assertThat(Served.get("/v1/runs?label=team").status()).isEqualTo(422);
  }

  @Test
  void controlsReachTheRunWithTheirReasonAndItsCaller() {
    Served.post("/v1/runs", "{" + HELLO + ",\"id\":\"steered\",\"input\":{\"be\":\"running\"}}");
    assertThat(Served.post("/v1/runs/steered/suspend", "").status()).isEqualTo(202);
    assertThat(Served.post("/v1/runs/steered/cancel", "{\"reason\":\"enough\"}").status())
        .isEqualTo(202);
    assertThat(Served.post("/v1/runs/steered/retry", "{\"task\":\"/do/0/a\"}").status())
        .isEqualTo(202);
    assertThat(Served.post("/v1/runs/steered/resume", "{\"why\":1}").status()).isEqualTo(422);
    assertThat(Served.WORLD.commands)
        .filteredOn(RunCommand.Control.class::isInstance)
        .extracting(c -> ((RunCommand.Control) c).reason().orElse(""))
        .contains("enough");
  }

  @Test
  void anUnknownOutcomeIsResolvedOnlyWithTaskOutcomeAndReason() {
    Served.post("/v1/runs", "{" + HELLO + ",\"id\":\"doubtful\"}");
    String good = "{\"task\":\"/do/0/a\",\"outcome\":\"succeeded\",\"reason\":\"I looked\"}";
    assertThat(Served.post("/v1/runs/doubtful/resolve", good).status()).isEqualTo(202);
    Told bad = Served.post("/v1/runs/doubtful/resolve", "{\"outcome\":\"maybe\"}");
    assertThat(bad.status()).isEqualTo(422);
    assertThat(bad.body().path("errors").findValuesAsText("pointer"))
        .contains("/task", "/outcome", "/reason");
  }

  @Test
  void theTraceIsTold() {
    assertThat(Served.get("/v1/runs/any/trace").body().path("name").asText()).isEqualTo("run");
  }
}
