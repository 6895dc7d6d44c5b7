package io.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.audit.AuditNote;
import io.signalbox.protocol.audit.AuditNote.Result;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;

/** What happens at the door is told to the audit trail. */
class NotingTest {
  private final TestProbe<Object> probe = Served.KIT.createTestProbe();

  private AuditNote noted(Predicate<AuditNote> which) {
    return probe.awaitAssert(
        Duration.ofSeconds(5),
        () -> {
          var found = Served.WORLD.notes.stream().filter(which).findFirst();
          assertThat(found).isPresent();
          return found.orElseThrow();
        });
  }

  @Test
  void aCredentialThatIsNotKnownIsNoted() {
    assertThat(
            Served.send(Served.to("/v1/schedules").setHeader("Authorization", "Bearer who").GET())
                .status())
        .isEqualTo(401);
    AuditNote note = noted(it -> it.target().equals("GET /v1/schedules"));
    assertThat(note.tenant()).isEqualTo(AuditNote.NOBODY);
    assertThat(note.actor()).isEqualTo("unknown");
    assertThat(note.action()).isEqualTo("login");
    assertThat(note.result()).isEqualTo(Result.REFUSED);
    assertThat(note.detail()).containsEntry("address", "127.0.0.1").doesNotContainValue("who");
  }

  @Test
  void administrationIsNotedWithWhatItMadeAndWithoutSecrets() {
    var made =
        Served.post("/v1/keys", "{\"principal\": \"service:noting\", \"roles\": [\"runner\"]}");
    assertThat(made.status()).isEqualTo(201);
    AuditNote note =
        noted(
            it ->
                it.action().equals("keys.post")
                    && it.detail()
                        .getOrDefault("made", "")
                        .equals(made.body().path("id").asText()));
    assertThat(note.result()).isEqualTo(Result.DONE);
    assertThat(note.toString()).doesNotContain(made.body().path("secret").asText());
  }

  @Test
  void comingInIsNotedOnceAnHour() {
    Served.get("/v1/schedules");
    AuditNote login =
        noted(it -> it.action().equals("login") && it.result() == Result.DONE);
    Served.get("/v1/schedules");
    assertThat(Served.WORLD.notes)
        .filteredOn(it -> it.action().equals("login") && it.actor().equals(login.actor()))
        .filteredOn(it -> it.result() == Result.DONE)
        .hasSize(1);
  }
}
