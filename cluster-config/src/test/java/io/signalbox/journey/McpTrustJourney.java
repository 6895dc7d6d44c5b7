package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.journey.Outside.Said;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A federated server is believed only as it was accepted, gets the gateway's credential and nobody
 * else's, and {@code /mcp} lets in who may come.
 */
class McpTrustJourney {
  private static final String TOKEN = "token-that-must-not-show-4711";
  private static final String CLIENT = "client-secret-that-must-not-show";
  private static final Outside ISSUER = issuer();

  @RegisterExtension
  static final LiveGateway GATEWAY =
      new LiveGateway(
          """
          signalbox.agents.hands {
            mcp { watch = 1s, recheck = 10m }
            secrets.values {
              fixture-header = "Bearer %s"
              fixture-oauth = "{\\"authority\\": \\"%s\\", \\"grant\\": \\"client_credentials\\", \
          \\"client\\": {\\"id\\": \\"signalbox\\", \\"secret\\": \\"%s\\"}, \
          \\"endpoints\\": {\\"token\\": \\"/token\\"}}"
            }
          }
          """
              .formatted(TOKEN, ISSUER.url(), CLIENT));

  private static Node.Server fixture;

  private final Client client = GATEWAY.client();

  private static Outside issuer() {
    try {
      return Outside.open()
          .on(
              "/token",
              _ ->
                  Said.json(
                      200,
                      "{\"access_token\": \"%s\", \"token_type\": \"Bearer\", \"expires_in\": 3600}"
                          .formatted(TOKEN)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void serve() throws Exception {
    fixture = Node.serve(Map.of("FIXTURE_TOKEN", TOKEN), "fixture.mjs");
  }

  @AfterAll
  static void leave() {
    fixture.close();
    ISSUER.close();
  }

  private JsonNode put(String name, String more, String health) throws Exception {
    client
        .put(
            "/v1/mcp-servers/" + name,
            "{transport: http, url: 'http://127.0.0.1:%d/mcp'%s}".formatted(fixture.port(), more))
        .expect(200);
    return standing(name, health);
  }

  private JsonNode standing(String name, String health) throws Exception {
    return Eventually.get(
        name + " is " + health,
        () -> client.get("/v1/mcp-servers/" + name).expect(200).json(),
        it -> it.path("health").asText().equals(health));
  }

  @Test
  void aServerThatChangesItsWordsIsHeldBackUntilSomebodyAccepts() throws Exception {
    put("rug", ", secrets: {Authorization: fixture-header}", "up");
    McpClient model = McpClient.open(client);
    assertThat(model.call("rug.test_simple_text", "{}").toString()).contains("simple text");
    fixture("/change");
    // its own connection hears of the change at once; nobody has looked at the list yet
    JsonNode held = model.call("rug.test_simple_text", "{}");
    assertThat(held.path("isError").asBoolean()).isTrue();
    assertThat(held.toString()).contains("mcp-pin");
    JsonNode changed =
        Eventually.get(
            "the change is told",
            () -> client.get("/v1/mcp-servers/rug").expect(200).json(),
            it -> !it.path("changes").isEmpty());
    assertThat(changed.at("/changes/0/item").asText()).isEqualTo("tools/test_simple_text");
    assertThat(changed.at("/changes/0/kind").asText()).isEqualTo("changed");
    assertThat(changed.at("/changes/0/accepted/description").asText()).doesNotContain("evil");
    assertThat(changed.at("/changes/0/offered/description").asText()).contains("evil.example.com");
    assertThat(client.post("/v1/tools/rug.test_simple_text/call", "{arguments: {}}").problem(403))
        .asString()
        .contains("mcp-pin");
    JsonNode tools = model.ask("tools/list", "{}");
    assertThat(tools.toString()).doesNotContain("evil.example.com");
    assertThat(tools.toString()).contains("rug.test_error_handling");
    assertThat(tools.toString()).doesNotContain("\"rug.test_simple_text\"");
    Client clerk = client.keyFor("user:clerk", "clerk");
    clerk.post("/v1/mcp-servers/rug/accept", "{}").problem(403);
    client.post("/v1/mcp-servers/rug/accept", "{items: ['tools/test_image_content']}").problem(409);
    JsonNode accepted =
        client
            .post("/v1/mcp-servers/rug/accept", "{items: ['tools/test_simple_text']}")
            .expect(200)
            .json();
    assertThat(accepted.path("changes")).isEmpty();
    assertThat(model.call("rug.test_simple_text", "{}").toString()).contains("simple text");
  }

  private void fixture(String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + fixture.port() + path))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(204);
    }
  }

  @Test
  void aCredentialIsNamedAndNeverShown() throws Exception {
    assertThat(put("bare", "", "down").path("trouble").asText()).contains("credential");
    client
        .put(
            "/v1/mcp-servers/loud",
            "{transport: http, url: 'http://127.0.0.1/mcp', headers: {Authorization: 'Bearer x'}}")
        .problem(422);
    client
        .put(
            "/v1/mcp-servers/loud",
            "{transport: http, url: 'http://127.0.0.1/mcp',"
                + " authentication: {oauth2: {authority: 'http://127.0.0.1', grant: client_credentials,"
                + " client: {id: a, secret: b}}}}")
        .problem(422);
    put("named", ", secrets: {Authorization: fixture-header}", "up");
    String run =
        client
            .post("/v1/tools/named.test_error_handling/call", "{arguments: {}}")
            .problem(502)
            .path("run")
            .asText();
    hidden(TOKEN, run, "named");
  }

  @Test
  void aTokenIsFetchedWithTheGatewaysClientCredentials() throws Exception {
    put("signed", ", authentication: {oauth2: {use: fixture-oauth}}", "up");
    client.deploy(
        "with-token",
        "do: [{look: {call: tool, with: {tool: signed.test_image_content, arguments: {}}}}]");
    String run = client.completed(client.start("with-token", "")).path("id").asText();
    assertThat(ISSUER.received("/token")).isNotEmpty();
    String form = ISSUER.received("/token").getFirst().body();
    assertThat(form).contains("grant_type=client_credentials", "client_id=signalbox", CLIENT);
    hidden(TOKEN, run, "signed");
    hidden(CLIENT, run, "signed");
  }

  /** Neither in what is answered nor in what is kept. */
  private void hidden(String secret, String run, String server) throws Exception {
    for (String path :
        new String[] {
          "/v1/mcp-servers/" + server,
          "/v1/tools?limit=500",
          "/v1/runs/" + run + "/history?limit=500"
        }) {
      assertThat(client.get(path).expect(200).response().body()).doesNotContain(secret);
    }
    try (var c = DriverManager.getConnection(LiveGateway.address(GATEWAY.database()));
        var kept =
            c.prepareStatement(
                "select (select count(*) from event_journal where position(?::bytea in event_payload) > 0)"
                    + " + (select count(*) from mcp_server where body::text like ?)"
                    + " + (select count(*) from resource where body::text like ?)")) {
      kept.setBytes(1, secret.getBytes(StandardCharsets.UTF_8));
      kept.setString(2, "%" + secret + "%");
      kept.setString(3, "%" + secret + "%");
      var row = kept.executeQuery();
      assertThat(row.next()).isTrue();
      assertThat(row.getLong(1)).isZero();
    }
  }

  @Test
  void pagesFromElsewhereAndForeignNamesAreTurnedAway() throws Exception {
    int port = client.gateway().getPort();
    assertThat(knock("127.0.0.1:" + port, "")).isEqualTo(200);
    assertThat(knock("localhost:" + port, "http://localhost:" + port)).isEqualTo(200);
    assertThat(knock("evil.example.com", "")).isEqualTo(403);
    assertThat(knock("127.0.0.1.evil.example.com:" + port, "")).isEqualTo(403);
    assertThat(knock("127.0.0.1:" + port, "https://evil.example.com")).isEqualTo(403);
    assertThat(knock("127.0.0.1:" + port, "null")).isEqualTo(403);
  }

  /** The status of an initialize with these headers, which the platform's client cannot set. */
  private int knock(String host, String origin) throws Exception {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
            + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"k\",\"version\":\"1\"}}}";
    String head =
        "POST /mcp HTTP/1.1\r\nHost: %s\r\n%sAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
            .formatted(host, origin.isEmpty() ? "" : "Origin: " + origin + "\r\n", client.key());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), client.gateway().getPort())) {
      socket
          .getOutputStream()
          .write(
              (head
                      + "Accept: application/json, text/event-stream\r\nConnection: close\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }

  @Test
  void whoHasNoCredentialIsToldWhereToGetOne() throws Exception {
    Client nobody = client.as("");
    Client.Reply no = nobody.post("/mcp", "{jsonrpc: '2.0', id: 1, method: ping}").expect(401);
    String link =
        no.header("WWW-Authenticate").replaceFirst(".*resource_metadata=\"([^\"]*)\".*", "$1");
    assertThat(link).startsWith(client.gateway() + "/.well-known/oauth-protected-resource");
    JsonNode metadata =
        nobody.get(link.substring(client.gateway().toString().length())).expect(200).json();
    assertThat(metadata.path("resource").asText()).isEqualTo(client.gateway() + "/mcp");
    assertThat(metadata.path("bearer_methods_supported").get(0).asText()).isEqualTo("header");
    assertThat(metadata.path("authorization_servers").isArray()).isTrue();
  }
}
