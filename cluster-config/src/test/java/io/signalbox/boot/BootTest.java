package io.signalbox.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.boot.config.Arguments;
import io.signalbox.boot.config.Configuration;
import io.signalbox.boot.config.ConfigurationFault;
import io.signalbox.boot.postgres.EmbeddedPostgres;
import io.signalbox.boot.postgres.Pause;
import io.signalbox.boot.postgres.Running;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole gateway from its command line to ready and back. */
class BootTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private Path data = Path.of("unset");

  @BeforeEach
  void folder() throws Exception {
    data =
        Files.createTempDirectory(
            "signalbox-boot",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
  }

  @AfterEach
  void clean() throws Exception {
    TestDatabase.delete(data);
  }

  @Test
  void bootsOnAFolderOfItsOwnAndIsReady() throws Exception {
    try (Gateway gateway = start(List.of("--data", data.toString()))) {
      gateway.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
      assertThat(get(gateway, "/health/live")).isEqualTo(200);
      assertThat(get(gateway, "/health/ready")).isEqualTo(200);
      assertThat(get(gateway, "/metrics")).isEqualTo(200);
      assertThat(get(gateway, "/v1/runs")).isEqualTo(401);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(data.resolve("admin.key"))))
          .isEqualTo("rw-------");
      assertThat(Files.readString(data.resolve("admin.key"))).startsWith("sbk_");
    }
    assertThat(EmbeddedPostgres.find(data)).isEmpty();
  }

  @Test
  void theAdminKeyOpensTheDoor() throws Exception {
    try (Gateway gateway = start(List.of("--data", data.toString()))) {
      gateway.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
      String key = Files.readString(data.resolve("admin.key")).strip();
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(gateway.address().resolve("/v1/runs"))
                  .header("Authorization", "Bearer " + key)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"items\"");
    }
  }

  @Test
  void aDatabaseThatIsAwayAtBootIsWaitedFor() throws Exception {
    Running away = EmbeddedPostgres.start(data);
    away.close();
    String url = away.url() + "?user=" + away.user() + "&password=" + away.password();
    try (Gateway gateway = start(List.of("--data", data.toString(), "--db-url", url))) {
      assertThat(get(gateway, "/health/live")).isEqualTo(200);
      assertThat(get(gateway, "/health/ready")).isEqualTo(503);
      try (Running _ = EmbeddedPostgres.start(data)) {
        gateway.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(get(gateway, "/health/ready")).isEqualTo(200);
      }
      until(gateway, 503);
      try (Running _ = EmbeddedPostgres.start(data)) {
        until(gateway, 200);
      }
    }
  }

  @Test
  void aSecondGatewayOnTheSameFolderIsRefusedAndHarmsNothing() throws Exception {
    try (Gateway gateway = start(List.of("--data", data.toString()))) {
      gateway.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
      assertThatThrownBy(() -> start(List.of("--data", data.toString())).close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another gateway runs on the data folder");
      assertThat(get(gateway, "/health/ready")).isEqualTo(200);
    }
  }

  @Test
  void listeningBeyondLoopbackWantsAnAdminKey() {
    assertThatThrownBy(() -> start(List.of("--data", data.toString(), "--host", "0.0.0.0")).close())
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("credentials");
  }

  private Gateway start(List<String> words) throws Exception {
    Arguments arguments =
        Arguments.parse(Stream.concat(words.stream(), Stream.of("--port", "0")).toList());
    return Gateway.start(Configuration.load(arguments, Map.of()), arguments);
  }

  private void until(Gateway gateway, int status) throws Exception {
    for (int i = 0; i < 300 && get(gateway, "/health/ready") != status; i++) {
      Pause.of(Duration.ofMillis(100));
    }
    assertThat(get(gateway, "/health/ready")).isEqualTo(status);
  }

  private int get(Gateway gateway, String path) throws Exception {
    URI uri = gateway.address().resolve(path);
    return http.send(
            HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
