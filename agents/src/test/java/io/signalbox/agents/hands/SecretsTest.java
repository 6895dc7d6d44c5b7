package io.signalbox.agents.hands;

import static io.signalbox.agents.hands.Workbench.failure;
import static io.signalbox.agents.hands.Workbench.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.signalbox.agents.hands.StandIn.Reply;
import io.signalbox.agents.hands.secrets.SecretsSettings;
import io.signalbox.agents.hands.secrets.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  private static final String TAG = "0123456789abcdef";
  private static final String VALUES =
      """
      secrets.values {
        token = "t0k en\\"/&ü"
        plain = "s3cr3tvalue"
        db = "{\\"username\\": \\"admin\\", \\"password\\": \\"hunter22\\"}"
        tiny = "abc"
      }
      """;

  @Test
  void markersAreReplacedEverywhereInTheRequestAndNowhereElse() {
    try (var bench = Workbench.with(VALUES);
        var server = StandIn.of(_ -> Reply.json(200, "{}"))) {
      bench.http(
          """
          {"method": "post", "endpoint": "%s/%s?k=%s", "headers": {"X-Key": "Key %s"},
           "query": {"q": "%s"}, "body": {"deep": ["a %s b"], "forged": "%s"}, %s}\
          """
              .formatted(
                  server.url(),
                  mark("plain"),
                  mark("token"),
                  mark("db.password"),
                  mark("db.username"),
                  mark("token"),
                  "__secret.plain.ffffffffffffffff__",
                  used("plain", "token", "db.password", "db.username")));
      var got = server.received().getFirst();
      assertThat(got.path()).isEqualTo("/s3cr3tvalue");
      assertThat(got.query()).isEqualTo("k=t0k%20en%22%2F%26%C3%BC&q=admin");
      assertThat(got.header("X-Key")).isEqualTo("Key hunter22");
      assertThat(got.json().at("/deep/0").asText()).isEqualTo("a t0k en\"/&ü b");
      assertThat(got.json().path("forged").asText()).isEqualTo("__secret.plain.ffffffffffffffff__");
    }
  }

  @Test
  void whatAServerEchoesIsHiddenInEveryOutputAndEncoding() {
    try (var bench = Workbench.with(VALUES);
        var server =
            StandIn.of(
                request ->
                    Reply.json(
                            200,
                            "{\"is\":\"t0k en\\\"/&ü\",\"url\":\"t0k%20en%22%2F%26%C3%BC\",\"in\":"
                                + "\"{\\\"t\\\":\\\"t0k en\\\\\\\"/&ü\\\"}\",\"basic\":\"%s\",\"t0k en\\\"/&ü\":1}"
                                    .replace(
                                        "%s",
                                        request.header("Authorization").replace("Basic ", "")))
                        .with("X-Echo", request.header("X-Key")))) {
      for (var output : new String[] {"content", "response", "raw"}) {
        var shown =
            result(
                bench.http(
                    """
                    {"endpoint": {"uri": "%s/?k=%s", "authentication": {"basic": {"use": "db"}}},
                     "headers": {"X-Key": "%s"}, "output": "%s", %s}\
                    """
                        .formatted(
                            server.url(),
                            mark("token"),
                            mark("plain"),
                            output,
                            used("plain", "token"))));
        var text =
            output.equals("raw")
                ? ByteString.fromArray(Base64.getDecoder().decode(shown.asText())).utf8String()
                : shown.toString();
        assertThat(text)
            .contains("__secret.token." + TAG + "__")
            .doesNotContain("t0k")
            .doesNotContain("s3cr3tvalue")
            .doesNotContain("hunter22")
            .doesNotContain(
                Base64.getEncoder()
                    .encodeToString(
                        "admin:hunter22".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      }
    }
  }

  @Test
  void anErrorNeverShowsAValueNorDoesACallThatDidNotAskForIt() {
    try (var bench = Workbench.with(VALUES);
        var server =
            StandIn.of(_ -> Reply.json(500, "{\"message\":\"bad s3cr3tvalue and hunter22\"}"))) {
      var failed =
          failure(
              bench.http(
                  """
                  {"endpoint": "%s/%s", %s}\
                  """
                      .formatted(server.url(), mark("plain"), used("plain"))));
      assertThat(failed.detail())
          .contains("__secret.plain." + TAG + "__", "__secret.db.password__")
          .doesNotContain("s3cr3tvalue");
      assertThat(failure(bench.http(PlainHttpTest.get(server.url()))).detail())
          .contains("__secret.plain__")
          .doesNotContain("s3cr3tvalue");
      assertThat(
              failure(
                      bench.http(
                          "{\"endpoint\": \"%s\", %s}".formatted(mark("plain"), used("plain"))))
                  .detail())
          .contains("not an absolute http or https address")
          .doesNotContain("s3cr3tvalue");
    }
  }

  @Test
  void aSecretThatIsNotThereIsToldByItsNameAndWhereToPutIt() {
    try (var bench = Workbench.with(VALUES)) {
      var failed =
          failure(
              bench.http(
                  "{\"endpoint\": \"http://127.0.0.1:1/%s\", %s}"
                      .formatted(mark("api-key"), used("api-key"))));
      assertThat(failed.kind()).isEqualTo("configuration");
      assertThat(failed.detail()).contains("'api-key'", "SIGNALBOX_SECRET_API_KEY");
      assertThat(wanting(bench, "tiny")).contains("at least 4 characters");
      assertThat(wanting(bench, "db")).contains("several values (password, username)");
      assertThat(wanting(bench, "plain.password")).contains("no value 'password'");
    }
  }

  @Test
  void aSecretStaysWithItsOriginWhenRedirected() {
    try (var bench = Workbench.with(VALUES);
        var other = StandIn.of(_ -> Reply.json(200, "\"there\""));
        var server =
            StandIn.of(
                _ ->
                    new Reply(
                        307,
                        Map.of("Location", other.url() + "/x"),
                        ByteString.emptyByteString()))) {
      bench.http(
          "{\"endpoint\": \"%s\", \"redirect\": true, \"headers\": {\"X-Key\": \"%s\"}, %s}"
              .formatted(server.url(), mark("plain"), used("plain")));
      assertThat(other.received().getFirst().header("X-Key")).isEmpty();
      var failed =
          failure(
              bench.http(
                  "{\"method\": \"post\", \"endpoint\": \"%s\", \"redirect\": true, \"body\": \"%s\", %s}"
                      .formatted(server.url(), mark("plain"), used("plain"))));
      assertThat(failed.detail()).contains("must not have the secret");
      assertThat(other.received()).hasSize(1);
    }
  }

  @Test
  void theAuthorizationCanBePutElsewhereInTheSameRequest() {
    try (var bench = Workbench.with(VALUES);
        var server = StandIn.of(_ -> Reply.json(200, "{}"))) {
      bench.http(
          """
          {"endpoint": {"uri": "%s", "authentication": {"bearer": {"token": "%s"}}},
           "headers": {"X-Forwarded-Authorization": "Bearer %s"}, %s}\
          """
              .formatted(
                  server.url(),
                  mark("plain"),
                  mark("authorization"),
                  used("plain", "authorization")));
      var got = server.received().getFirst();
      assertThat(got.header("Authorization")).isEqualTo("Bearer s3cr3tvalue");
      assertThat(got.header("X-Forwarded-Authorization")).isEqualTo("Bearer s3cr3tvalue");
    }
  }

  @Test
  void foldersAndTheEnvironmentAreSourcesToo(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("file"), "from a file\n");
    Files.createDirectory(folder.resolve("mount"));
    Files.writeString(folder.resolve("mount/user"), "mounted");
    Files.createDirectory(folder.resolve("..data"));
    var config =
        ConfigFactory.parseString("secrets { refresh = 0s, folder = \"" + folder + "\" }")
            .withFallback(
                ConfigFactory.parseResources("hands.conf").getConfig("signalbox.agents.hands"))
            .resolve()
            .getConfig("secrets");
    var settings =
        SecretsSettings.from(config, Map.of("SIGNALBOX_SECRET_API_KEY", "v4lue", "OTHER", "no"));
    var vault = new Vault(settings, InstantSource.system());
    assertThat(vault.fields("file").values()).containsExactly("from a file");
    assertThat(vault.fields("mount")).isEqualTo(Map.of("user", "mounted"));
    assertThat(vault.fields("api-key").values()).containsExactly("v4lue");
    Files.writeString(folder.resolve("file"), "changed");
    assertThat(vault.fields("file").values()).containsExactly("changed");
    assertThat(settings.toString()).doesNotContain("v4lue");
  }

  @Test
  void whatIsConfiguredIsKeptOutOfTheSettingsWords() {
    assertThat(Workbench.settings(VALUES, Optional.empty()).toString()).doesNotContain("hunter22");
  }

  private static String wanting(Workbench bench, String reference) {
    return failure(
            bench.http(
                "{\"endpoint\": \"http://127.0.0.1:1/%s\", %s}"
                    .formatted(mark(reference), used(reference))))
        .detail();
  }

  private static String mark(String reference) {
    return "__secret." + reference + "." + TAG + "__";
  }

  private static String used(String... names) {
    return "\"secrets\": {\"tag\": \"%s\", \"names\": [\"%s\"]}"
        .formatted(TAG, String.join("\", \"", names));
  }
}
