package io.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.http.Served.Told;
import io.signalbox.protocol.run.StartRun;
import org.junit.jupiter.api.Test;

class ToolAndAgentRoutesTest {
  private static final String TOOL =
      """
      {"kind":"http","description":"Looks","risk":"read","config":{"url":"http://localhost/x"}}""";
  private static final String AGENT = "{\"model\":\"scripted/x\",\"tools\":[\"a\"]}";

  private static Told fault(String kind, int status, String title) {
    Served.with("PUT", "/v1/tools/look", TOOL);
    return Served.post(
        "/v1/tools/look/call",
        "{\"arguments\":{\"be\":\"faulted\",\"error\":{\"kind\":\"%s\",\"status\":%d,\"title\":\"%s\"}}}"
            .formatted(kind, status, title));
  }

  @Test
  void aToolIsKeptFoundListedAndDeleted() {
    Told made = Served.with("PUT", "/v1/tools/kept", TOOL);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body().path("onUnknownOutcome").asText()).isEqualTo("idempotent");
    assertThat(made.body().path("timeout").asText()).isEqualTo("PT30S");
    Told found = Served.get("/v1/tools/kept");
    assertThat(Served.with("PUT", "/v1/tools/kept", found.raw().body()).status()).isEqualTo(200);
    assertThat(Served.get("/v1/tools").body().path("items").findValuesAsText("name"))
        .contains("kept");
    assertThat(Served.with("DELETE", "/v1/tools/kept", "").status()).isEqualTo(204);
    assertThat(Served.get("/v1/tools/kept").status()).isEqualTo(404);
  }

  @Test
  void writesAskAPersonWhenNobodyKnows() {
    Told made = Served.with("PUT", "/v1/tools/writes", TOOL.replace("read", "write"));
    assertThat(made.body().path("onUnknownOutcome").asText()).isEqualTo("ask");
  }

  @Test
  void aBadToolIsToldItsFaults() {
    Told told =
        Served.with(
            "PUT", "/v1/tools/bad", "{\"kind\":\"http\",\"risk\":\"some\",\"timeout\":\"5\"}");
    assertThat(told.status()).isEqualTo(422);
    assertThat(told.body().path("errors").findValuesAsText("pointer"))
        .contains("/description", "/risk", "/timeout", "/config");
    Told blind =
        Served.with(
            "PUT",
            "/v1/tools/bad",
            TOOL.replace("}}", "},\"onUnknownOutcome\":\"probe\"}").replace("url", "uri"));
    assertThat(blind.body().path("errors").findValuesAsText("pointer"))
        .containsExactly("/config/url", "/config/probe");
  }

  @Test
  void aCallIsAHiddenRunWhoseOutputIsTheResult() {
    Served.with("PUT", "/v1/tools/look", TOOL);
    Told told = Served.post("/v1/tools/look/call", "{\"arguments\":{\"q\":1}}");
    assertThat(told.status()).isEqualTo(200);
    assertThat(told.body().at("/result/ok").asBoolean()).isTrue();
    StartRun order = Served.WORLD.order(told.body().path("run").asText());
    assertThat(order.hidden()).isTrue();
    assertThat(order.workflow().name()).isEqualTo("call-tool");
    assertThat(order.input().at("/arguments/q").asInt()).isEqualTo(1);
    assertThat(Served.post("/v1/tools/none/call", "{}").status()).isEqualTo(404);
  }

  @Test
  void aHeldCallTellsItsApproval() {
    Served.with("PUT", "/v1/tools/look", TOOL);
    Told told = Served.post("/v1/tools/look/call", "{\"arguments\":{\"be\":\"waiting\"}}");
    assertThat(told.status()).isEqualTo(202);
    String approval = told.body().path("approvalId").asText();
    assertThat(approval).endsWith("-3");
    assertThat(Served.get("/v1/approvals/" + approval).body().path("status").asText())
        .isEqualTo("open");
    String path = "/v1/approvals/" + approval + "/decisions";
    Told root = Served.post(path, "{\"decision\":\"approve\"}");
    assertThat(root.status()).isEqualTo(403);
    assertThat(root.body().path("rule").asText()).isEqualTo("approval-approvers");
    String[] carol = {"Authorization", "Bearer carol-key"};
    assertThat(Served.post(path, "{\"decision\":\"approve\"}", carol).status()).isEqualTo(200);
    assertThat(Served.post(path, "{\"decision\":\"maybe\"}", carol).status()).isEqualTo(422);
    assertThat(Served.get("/v1/approvals/nothing").status()).isEqualTo(404);
    assertThat(Served.get("/v1/approvals?status=open").status()).isEqualTo(200);
  }

  @Test
  void aSlowCallIsAnsweredWithItsRun() {
    Served.with("PUT", "/v1/tools/look", TOOL);
    Told told = Served.post("/v1/tools/look/call", "{\"arguments\":{\"be\":\"running\"}}");
    assertThat(told.status()).isEqualTo(202);
    assertThat(told.body().path("run").asText()).isNotEmpty();
    assertThat(told.body().has("approvalId")).isFalse();
  }

  @Test
  void aFailedCallSaysWhoseFaultItIs() {
    assertThat(fault("communication", 404, "Not Found").status()).isEqualTo(502);
    assertThat(fault("authorization", 403, "Forbidden").status()).isEqualTo(502);
    assertThat(fault("validation", 400, "Bad arguments").status()).isEqualTo(422);
    assertThat(fault("validation", 404, "Not found").status()).isEqualTo(404);
    Told refused = fault("authorization", 403, "Not allowed");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body().path("rule").asText()).isEqualTo("tool-approvers");
    Told limited = fault("communication", 429, "Too many");
    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.header("Retry-After")).isEqualTo("10");
    assertThat(limited.body().path("run").asText()).isNotEmpty();
  }

  @Test
  void anAgentIsDefinedAndAnswers() {
    assertThat(Served.with("PUT", "/v1/agents/anna", AGENT).status()).isEqualTo(201);
    assertThat(Served.get("/v1/agents/anna").body().at("/limits/modelCalls").asInt()).isEqualTo(12);
    Told told = Served.post("/v1/agents/anna/sessions/s1/messages", "{\"content\":\"hi\"}");
    assertThat(told.status()).isEqualTo(200);
    assertThat(told.body().at("/reply/ok").asBoolean()).isTrue();
    Told held =
        Served.post(
            "/v1/agents/anna/sessions/s1/messages",
            "{\"content\":\"hi\",\"data\":{\"be\":\"waiting\"}}");
    assertThat(held.status()).isEqualTo(202);
    assertThat(held.body().at("/waitingFor/0/kind").asText()).isEqualTo("approval");
    assertThat(Served.get("/v1/agents/anna/sessions/s1").status()).isEqualTo(404);
    assertThat(Served.post("/v1/agents/bob/sessions/s1/messages", "{\"content\":\"hi\"}").status())
        .isEqualTo(404);
    assertThat(Served.with("PUT", "/v1/agents/anna", "{\"model\":\"gpt\"}").status())
        .isEqualTo(422);
  }
}
