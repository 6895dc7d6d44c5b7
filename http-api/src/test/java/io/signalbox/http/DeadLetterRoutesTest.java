package io.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.Json;
import io.signalbox.protocol.event.DeadLetter;
import org.junit.jupiter.api.Test;

class DeadLetterRoutesTest {
  @Test
  void aDeadLetterIsListedAndSentAgainOnce() {
    Served.WORLD.deadLetters.add(
        new DeadLetter("d1", "event", World.T, 12, "no answer", "r1", Json.object().put("n", 1)));
    var page = Served.get("/v1/dead-letters");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body().at("/items/0/id").asText()).isEqualTo("d1");
    assertThat(page.body().at("/items/0/at").asText()).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(page.body().has("nextCursor")).isFalse();
    assertThat(Served.post("/v1/dead-letters/d1/resend", "").status()).isEqualTo(202);
    assertThat(Served.post("/v1/dead-letters/d1/resend", "").status()).isEqualTo(404);
    assertThat(Served.get("/v1/dead-letters").body().path("items")).isEmpty();
  }
}
