package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.journey.Outside.Said;
import io.signalbox.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Revision 2026-07-28: no sessions, and people's decisions within a call by asking once more. */
class McpStatelessJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final Client admin = GATEWAY.client();

  private static Client.Reply send(
      Client as, String method, ObjectNode params, String capabilities, String... headers)
      throws Exception {
    ObjectNode meta = params.putObject("_meta");
    meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
    meta.set("io.modelcontextprotocol/clientCapabilities", Json.MAPPER.readTree(capabilities));
    List<String> all =
        new ArrayList<>(
            List.of(
                "Content-Type", "application/json",
                "Accept", "application/json, text/event-stream",
                "MCP-Protocol-Version", "2026-07-28",
                "Mcp-Method", method));
    if (params.has("name")) {
      all.addAll(List.of("Mcp-Name", params.path("name").asText()));
    }
    all.addAll(List.of(headers));
    return as.send(
        "POST", "/mcp", McpClient.message("9", method, params), all.toArray(String[]::new));
  }

  private static JsonNode result(Client.Reply reply) throws Exception {
    return McpClient.messages(reply.expect(200)).getLast().path("result");
  }

  private static ObjectNode call(String tool, String arguments) throws Exception {
    ObjectNode params = Json.object().put("name", tool);
    params.set("arguments", Client.yaml(arguments));
    return params;
  }

  @Test
  void aRequestSaysEverythingForItself() throws Exception {
    JsonNode found = result(send(admin, "server/discover", Json.object(), "{}"));
    assertThat(found.path("supportedVersions").toString()).contains("2026-07-28", "2025-11-25");
    JsonNode tools = result(send(admin, "tools/list", Json.object(), "{}"));
    assertThat(tools.path("resultType").asText()).isEqualTo("complete");
    assertThat(tools.path("cacheScope").asText()).isEqualTo("private");
    JsonNode echo = result(send(admin, "tools/call", call("echo", "{text: hello}"), "{}"));
    assertThat(echo.toString()).contains("hello").contains("complete");
    Client.Reply wrong =
        send(admin, "tools/call", call("echo", "{}"), "{}", "Mcp-Name", "something-else");
    assertThat(wrong.expect(400).json().at("/error/code").asInt()).isEqualTo(-32020);
    Client.Reply old = send(admin, "ping", Json.object(), "{}").expect(404);
    assertThat(old.json().at("/error/code").asInt()).isEqualTo(-32601);
  }

  @Test
  void aDecisionComesWithTheRequestThatIsSentOnceMore() throws Exception {
    try (Outside outside = Outside.open().on("/delete", _ -> Said.json(200, "{\"deleted\":3}"))) {
      admin
          .put(
              "/v1/tools/eraser",
              """
              kind: http
              description: Deletes files
              risk: destructive
              approvers: ['role:officer']
              config: {method: post, url: '%s/delete'}
              """
                  .formatted(outside.url()))
          .expect(201);
      String can = "{\"elicitation\": {}}";
      JsonNode first = result(send(admin, "tools/call", call("eraser", "{files: 3}"), can));
      assertThat(first.path("resultType").asText())
          .as(first.toString())
          .isEqualTo("input_required");
      String state = first.path("requestState").asText();
      String approval = first.path("inputRequests").fieldNames().next();
      ObjectNode yes = Json.object();
      yes.putObject(approval)
          .put("action", "accept")
          .putObject("content")
          .put("decision", "approve");

      ObjectNode others = call("eraser", "{files: 4}").put("requestState", state);
      others.set("inputResponses", yes);
      assertThat(send(admin, "tools/call", others, can).json().at("/error/code").asInt())
          .isEqualTo(-32602);
      ObjectNode tampered = call("eraser", "{files: 3}").put("requestState", state + "1");
      tampered.set("inputResponses", yes);
      assertThat(send(admin, "tools/call", tampered, can).json().has("error")).isTrue();
      Client eve = admin.keyFor("user:eve", "officer");
      ObjectNode stolen = call("eraser", "{files: 3}").put("requestState", state);
      stolen.set("inputResponses", yes);
      assertThat(send(eve, "tools/call", stolen, can).json().has("error")).isTrue();
      assertThat(outside.received("/delete")).isEmpty();

      ObjectNode again = call("eraser", "{files: 3}").put("requestState", state);
      again.set("inputResponses", yes);
      JsonNode done = result(send(admin, "tools/call", again, can));
      assertThat(done.at("/structuredContent/deleted").asInt()).as(done.toString()).isEqualTo(3);
      assertThat(outside.received("/delete")).hasSize(1);

      // the requester is not asked, whatever its client can do
      JsonNode held = result(send(eve, "tools/call", call("eraser", "{files: 5}"), can));
      assertThat(held.path("resultType").asText()).isEqualTo("complete");
      assertThat(held.toString()).contains("waiting for approval");
      assertThat(outside.received("/delete")).hasSize(1);
    }
  }

  @Test
  void aCallThatTakesLongIsAnsweredOverAStream() throws Exception {
    try (Outside outside =
        Outside.open()
            .on(
                "/late",
                _ -> {
                  // longer than a lone document is waited for
                  var _ = new CountDownLatch(1).await(6, TimeUnit.SECONDS);
                  return Said.json(200, "{\"late\": true}");
                })) {
      admin
          .put(
              "/v1/tools/latecomer",
              "{kind: http, description: Late, risk: read, config: {method: get, url: '%s/late'}}"
                  .formatted(outside.url()))
          .expect(201);
      Client.Reply reply = send(admin, "tools/call", call("latecomer", "{}"), "{}");
      assertThat(reply.header("Content-Type")).startsWith("text/event-stream");
      assertThat(reply.response().body()).doesNotContain("id: ");
      assertThat(result(reply).at("/structuredContent/late").asBoolean())
          .as(reply.response().body())
          .isTrue();
      assertThat(outside.received("/late")).hasSize(1);
    }
  }
}
