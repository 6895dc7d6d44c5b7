package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.journey.Outside.Said;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls go where they may go, and no redirect leads them elsewhere. */
class EgressJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final Client client = GATEWAY.client();

  private String failure(String name, String endpoint) throws Exception {
    client.deploy(
        name,
        "do: [{look: {call: http, with: {method: get, redirect: true, endpoint: '%s'}}}]"
            .formatted(endpoint));
    var run = client.ended(client.start(name, ""));
    assertThat(run.at("/error/status").asInt()).as(run.toString()).isEqualTo(403);
    return run.at("/error/detail").asText();
  }

  @Test
  void metadataAndPrivateAddressesAreRefused() throws Exception {
    assertThat(failure("metadata", "http://169.254.169.254/latest/meta-data/"))
        .startsWith("egress: nothing was sent")
        .contains("metadata");
    assertThat(failure("private", "http://10.0.0.7/")).contains("private");
    assertThat(failure("mapped", "http://[::ffff:169.254.169.254]/")).contains("link-local");
  }

  @Test
  void aRedirectToMetadataIsRefused() throws Exception {
    try (Outside outside =
        Outside.open()
            .on(
                "/away",
                _ ->
                    Said.json(302, "")
                        .with(Map.of("Location", "http://169.254.169.254/latest/meta-data/")))) {
      assertThat(failure("redirected", outside.url() + "/away")).contains("metadata");
      assertThat(outside.received("/away")).hasSize(1);
    }
  }

  @Test
  void aServerOfTheModelContextProtocolInsideIsNotReached() throws Exception {
    client
        .put(
            "/v1/mcp-servers/inside",
            "{\"transport\": \"http\", \"url\": \"http://169.254.169.254/mcp\"}")
        .expect(200);
    var server =
        Eventually.get(
            "the server is asked",
            () -> client.get("/v1/mcp-servers/inside").expect(200).json(),
            it -> it.path("health").asText().equals("down"));
    assertThat(server.path("trouble").asText())
        .contains("egress: nothing was sent")
        .contains("metadata");
  }

  @Test
  void aServerOfTheModelContextProtocolLeadsNobodyElsewhere() throws Exception {
    try (Outside inside = Outside.open();
        Outside outside =
            Outside.open()
                .on(
                    "/mcp",
                    _ -> Said.json(307, "").with(Map.of("Location", inside.url() + "/x")))) {
      client
          .put(
              "/v1/mcp-servers/leading",
              "{\"transport\": \"http\", \"url\": \"%s/mcp\"}".formatted(outside.url()))
          .expect(200);
      Eventually.get(
          "the server is asked",
          () -> client.get("/v1/mcp-servers/leading").expect(200).json(),
          it -> it.path("health").asText().equals("down"));
      // asked again and again, each time for itself
      Eventually.get("it is tried again", () -> outside.received("/mcp").size(), it -> it > 1);
      assertThat(inside.received("/")).isEmpty();
    }
  }
}
