package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each role sees a server of its own: what it may not use is not there. */
class McpRolesJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private static Node.Server fixture;

  private final Client admin = GATEWAY.client();

  @BeforeAll
  static void federate() throws Exception {
    Client admin = GATEWAY.client();
    fixture = Node.serve(Map.of(), "fixture.mjs");
    admin
        .put(
            "/v1/mcp-servers/fix",
            "{transport: http, url: 'http://127.0.0.1:%d/mcp'}".formatted(fixture.port()))
        .expect(200);
    Eventually.get(
        "the fixture is up",
        () -> admin.get("/v1/mcp-servers/fix").expect(200).json(),
        it -> it.path("health").asText().equals("up"));
    admin.deploy("payroll", "do: [{say: {set: {paid: true}}}]");
    admin
        .put(
            "/v1/agents/teller",
            "{role: teller, instructions: Tell., model: scripted/teller, script: [{reply: Hello}]}")
        .expect(201);
    admin.put("/v1/roles/member", "{permissions: ['mcp:*']}").expect(201);
    admin
        .put(
            "/v1/roles/reader",
            "{permissions: ['tool:fix.test_simple_text:call', 'tool:fix.read-resource:call']}")
        .expect(201);
    admin
        .put(
            "/v1/roles/operator",
            """
            permissions: ['tool:fix.test_error_handling:call', 'tool:fix.get-prompt:call', 'agent:teller:message']
            bindings: [{namespace: journey, permissions: ['run:start']}]
            """)
        .expect(201);
  }

  @AfterAll
  static void leave() {
    fixture.close();
  }

  private McpClient as(String role, String... tools) throws Exception {
    Client key = admin.keyFor("user:" + role, role);
    return Eventually.get(
        "the role is known on the node",
        () -> McpClient.open(key),
        it -> {
          try {
            return it.names("tools/list", "tools", "name").containsAll(List.of(tools));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void twoRolesSeeTwoServers() throws Exception {
    McpClient reader = as("reader", "fix.test_simple_text");
    assertThat(tools(reader)).containsExactly("fix.test_simple_text");
    assertThat(reader.names("resources/list", "resources", "uri"))
        .contains("fix+test://static-text");
    assertThat(reader.ask("resources/templates/list", "{}").toString()).contains("fix+test://");
    assertThat(reader.ask("prompts/list", "{}").at("/result/prompts")).isEmpty();

    McpClient operator = as("operator", "fix.test_error_handling");
    assertThat(tools(operator))
        .containsExactlyInAnyOrder(
            "fix.test_error_handling", "agent.teller", "workflow.journey.payroll");
    assertThat(operator.ask("resources/list", "{}").at("/result/resources")).isEmpty();
    assertThat(operator.ask("resources/templates/list", "{}").at("/result/resourceTemplates"))
        .isEmpty();
    assertThat(operator.names("prompts/list", "prompts", "name"))
        .contains("fix.test_simple_prompt");

    assertThat(reader.call("fix.test_simple_text", "{}").toString()).contains("simple text");
    assertThat(operator.call("workflow.journey.payroll", "{}").toString()).contains("paid");
    assertThat(operator.call("agent.teller", "{message: Hi}").toString()).contains("Hello");
    assertThat(
            operator
                .ask("prompts/get", "{name: fix.test_simple_prompt}")
                .at("/result/messages/0/content/text")
                .asText())
        .contains("simple prompt");
  }

  private static List<String> tools(McpClient of) throws Exception {
    return of.ask("tools/list", "{}")
        .at("/result/tools")
        .valueStream()
        .map(it -> it.path("name").asText())
        .toList();
  }

  @Test
  void whatIsHiddenIsAnsweredAsWhatDoesNotExist() throws Exception {
    McpClient reader = as("reader", "fix.test_simple_text");
    for (String hidden :
        List.of(
            "fix.test_error_handling",
            "workflow.journey.payroll",
            "agent.teller",
            "fix.get-prompt")) {
      same(reader, "tools/call", "name", hidden, "nothing.of-this-name");
    }
    same(reader, "prompts/get", "name", "fix.test_simple_prompt", "fix.no_prompt");
    McpClient operator = as("operator", "fix.test_error_handling");
    same(operator, "resources/read", "uri", "fix+test://static-text", "fix+test://nothing");
    same(
        operator,
        "resources/subscribe",
        "uri",
        "fix+test://static-text",
        "nobody+test://static-text");
  }

  /** The same answer for both, but for the name itself. */
  private static void same(
      McpClient client, String method, String field, String hidden, String missing)
      throws Exception {
    JsonNode one = client.ask(method, "{%s: '%s'}".formatted(field, hidden));
    JsonNode other = client.ask(method, "{%s: '%s'}".formatted(field, missing));
    assertThat(one.has("error")).as(one.toString()).isTrue();
    assertThat(one.toString().replace(hidden, "X"))
        .isEqualTo(other.toString().replace(missing, "X"));
  }
}
