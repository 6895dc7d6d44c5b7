package io.signalbox.runtime.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.signalbox.protocol.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimetableTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:07:30Z");

  private static Timetable of(String definition) throws JsonProcessingException {
    return Timetable.of(Json.MAPPER.readTree(definition)).orElseThrow();
  }

  @Test
  void everyComesAtEqualDistancesAndSkipsWhatPassed() throws JsonProcessingException {
    Timetable every = of("{\"schedule\":{\"every\":{\"minutes\":5}}}");
    assertThat(every.first(NOW)).contains(Instant.parse("2026-03-01T10:12:30Z"));
    Instant due = Instant.parse("2026-03-01T10:00:00Z");
    assertThat(every.next(due, due.plusSeconds(1))).contains(due.plusSeconds(300));
    assertThat(every.next(due, due.plusSeconds(1499))).contains(due.plusSeconds(1500));
    assertThat(every.next(due, due.plusSeconds(1500))).contains(due.plusSeconds(1800));
    assertThat(every.next(due, due.minusSeconds(2))).contains(due.plusSeconds(300));
  }

  @Test
  void aCronIsInUtcAndSkipsWhatPassed() throws JsonProcessingException {
    Timetable cron = of("{\"schedule\":{\"cron\":\"*/15 9-17 * * 1-5\"}}");
    // the first of March 2026 is a Sunday
    assertThat(cron.first(NOW)).contains(Instant.parse("2026-03-02T09:00:00Z"));
    Instant due = Instant.parse("2026-03-02T09:00:00Z");
    assertThat(cron.next(due, due)).contains(Instant.parse("2026-03-02T09:15:00Z"));
    assertThat(cron.next(due, Instant.parse("2026-03-02T12:01:00Z")))
        .contains(Instant.parse("2026-03-02T12:15:00Z"));
    assertThat(cron.next(due, due.minusSeconds(5))).contains(Instant.parse("2026-03-02T09:15:00Z"));
  }

  @Test
  void theEndOfAMonthAndLeapYearsAreKnown() {
    Timetable last = new Timetable.ByCron("0 0 29 2 *");
    assertThat(last.first(NOW)).contains(Instant.parse("2028-02-29T00:00:00Z"));
  }

  @Test
  void afterIsDueAtOnceAndThenWhenItsRunHasEnded() throws JsonProcessingException {
    Timetable after = of("{\"schedule\":{\"after\":\"PT1M\"}}");
    assertThat(after.first(NOW)).contains(NOW);
    assertThat(after.next(NOW, NOW)).isEmpty();
  }

  @Test
  void whatIsToldCanBeReadAgain() {
    for (Timetable it :
        new Timetable[] {
          new Timetable.Every(Duration.ofHours(1)),
          new Timetable.ByCron("0 0 * * *"),
          new Timetable.After(Duration.ofSeconds(5))
        }) {
      assertThat(Timetable.parse(it.kind(), it.expression())).isEqualTo(it);
    }
  }

  @Test
  void aWorkflowWithoutTimesHasNone() throws JsonProcessingException {
    assertThat(
            Timetable.of(Json.MAPPER.readTree("{\"schedule\":{\"on\":{\"one\":{\"with\":{}}}}}")))
        .isEmpty();
    assertThat(Timetable.fault("*/5 * * * *", Instant.EPOCH)).isEmpty();
    assertThat(Timetable.fault("* * * *", Instant.EPOCH)).isPresent();
  }
}
