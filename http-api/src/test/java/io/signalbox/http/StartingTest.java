package io.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.http.Served.Told;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.junit.jupiter.api.Test;

class StartingTest {
  @Test
  void beforeTheOtherRoomsAreThereOnlyHealthAnswers() {
    CompletableFuture<Doors> doors = new CompletableFuture<>();
    ServerBinding binding =
        HttpRoom.start(
                Served.KIT.system(),
                Served.SETTINGS,
                () -> "",
                () -> List.of(new HealthCheck("database", doors.isDone(), "cannot be reached")),
                doors)
            .toCompletableFuture()
            .join();
    URI base = URI.create("http://127.0.0.1:" + binding.localAddress().getPort());
    assertThat(get(base, "/health/live").status()).isEqualTo(200);
    Told ready = get(base, "/health/ready");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.body().path("status").asText()).isEqualTo("down");
    assertThat(ready.body().at("/checks/0/detail").asText()).isEqualTo("cannot be reached");
    assertThat(get(base, "/health/started").status()).isEqualTo(503);
    Told runs = get(base, "/v1/runs");
    assertThat(runs.status()).isEqualTo(503);
    assertThat(runs.header("Retry-After")).isNotEmpty();
    assertThat(runs.header("Content-Type")).contains("problem+json");

    doors.complete(Served.doors());
    assertThat(get(base, "/health/ready").status()).isEqualTo(200);
    assertThat(get(base, "/health/started").status()).isEqualTo(200);
    assertThat(get(base, "/v1/runs").status()).isEqualTo(200);
    binding.unbind();
  }

  private static Told get(URI base, String path) {
    return Served.send(
        HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer admin-key"));
  }
}
