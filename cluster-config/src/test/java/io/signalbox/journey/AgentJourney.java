package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.journey.Outside.Said;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An agent does what it was granted, is refused the rest, and all of it is told. */
class AgentJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final Client client = GATEWAY.client();

  private void tool(String name, String path, Outside outside) throws Exception {
    client
        .put(
            "/v1/tools/" + name,
            """
            kind: http
            description: A service
            risk: write
            parameters: {type: object, properties: {what: {type: string}}}
            config: {method: post, url: '%s'}
            """
                .formatted(outside.url() + path))
        .expect(201);
  }

  @Test
  void anAgentCallsWhatItMayAndIsRefusedWhatItMayNot() throws Exception {
    try (Outside outside =
        Outside.open()
            .on("/allowed", _ -> Said.json(200, "{\"answer\":42}"))
            .on("/forbidden", _ -> Said.json(200, "{}"))) {
      tool("allowed", "/allowed", outside);
      tool("forbidden", "/forbidden", outside);
      client
          .put(
              "/v1/agents/clerk",
              """
              role: clerk
              instructions: Look it up.
              model: scripted/clerk
              tools: [allowed]
              script:
                - {tool: allowed, arguments: {what: books}}
                - {tool: forbidden, arguments: {what: money}}
                - {reply: It is 42.}
              """)
          .expect(201);
      JsonNode answer =
          client
              .post("/v1/agents/clerk/sessions/s1/messages", "{content: 'What is it?'}")
              .expect(200)
              .json();
      assertThat(answer.path("reply").toString()).contains("It is 42.").contains("scripted");
      assertThat(outside.received("/allowed")).hasSize(1);
      assertThat(outside.received("/allowed").getFirst().body()).isEqualTo("{\"what\":\"books\"}");
      assertThat(outside.received("/forbidden")).isEmpty();
      List<JsonNode> history = client.history(answer.path("run").asText());
      JsonNode refused =
          history.stream()
              .filter(event -> event.path("type").asText().equals("tool.refused"))
              .findFirst()
              .orElseThrow();
      assertThat(refused.at("/data/rule").asText()).isEqualTo("agent-tools");
      assertThat(refused.at("/data/tool").asText()).isEqualTo("forbidden");
      assertThat(client.types(answer.path("run").asText()))
          .containsSubsequence(
              "message.sent", "tool.requested", "tool.called", "tool.returned", "tool.refused");
      JsonNode session = client.get("/v1/agents/clerk/sessions/s1").expect(200).json();
      assertThat(session.toString()).contains("What is it?", "It is 42.");
    }
  }

  @Test
  void anAgentNobodyKnowsIs404() throws Exception {
    client.post("/v1/agents/nobody/sessions/s/messages", "{content: Hello}").problem(404);
  }
}
