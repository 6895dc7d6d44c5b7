package io.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.http.Served.Told;
import io.signalbox.http.wire.Hashes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
  private static final String HELLO = "{\"workflow\":{\"namespace\":\"acme\",\"name\":\"hello\"}}";

  @Test
  void theSameRequestActsOnceAndIsAnsweredTheSame() {
    Told first = Served.post("/v1/runs", HELLO, "Idempotency-Key", "i-1");
    int acted = Served.WORLD.orders.size();
    Told second = Served.post("/v1/runs", HELLO, "Idempotency-Key", "i-1");
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(Served.WORLD.orders).hasSize(acted);
  }

  @Test
  void anotherBodyUnderTheSameKeyIsRefused() {
    Served.post("/v1/runs", HELLO, "Idempotency-Key", "i-2");
    String other = HELLO.replace("}}", "},\"input\":{\"a\":1}}");
    assertThat(Served.post("/v1/runs", other, "Idempotency-Key", "i-2").status()).isEqualTo(422);
  }

  @Test
  void theRunIdFollowsFromTheKeySoACrashInTheMiddleActsOnce() {
    String target = "/v1/runs";
    Told first = Served.post(target, HELLO, "Idempotency-Key", "i-3");
    String id = first.body().path("id").asText();
    assertThat(id)
        .isEqualTo(
            RunIds.derived(
                Hashes.sha256(
                    "i-3",
                    Hashes.sha256(
                        "POST", target, Hashes.sha256(HELLO.getBytes(StandardCharsets.UTF_8))))));
  }

  @Test
  void aFinalNoIsKeptAndATransientOneIsNot() {
    String unknown = HELLO.replace("hello", "later");
    assertThat(Served.post("/v1/runs", unknown, "Idempotency-Key", "i-4").status()).isEqualTo(404);
    Told kept = Served.post("/v1/runs", unknown, "Idempotency-Key", "i-4");
    assertThat(kept.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(kept.header("Content-Type")).contains("problem+json");
    String busy = HELLO.replace("}}", "},\"input\":{\"be\":\"busy\"}}");
    assertThat(Served.post("/v1/runs", busy, "Idempotency-Key", "i-5").status()).isEqualTo(503);
    Told again = Served.post("/v1/runs", busy, "Idempotency-Key", "i-5");
    assertThat(again.status()).isEqualTo(503);
    assertThat(again.header("Idempotency-Replayed")).isEmpty();
  }

  @Test
  void aKeyIsNotTooLong() {
    assertThat(Served.post("/v1/runs", HELLO, "Idempotency-Key", "k".repeat(257)).status())
        .isEqualTo(422);
  }
}
