package io.signalbox.runtime.definition;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When a workflow is started by time (DSL: {@code schedule}). Moments that have passed are not made
 * up for one by one: what comes next is always in the future.
 */
public sealed interface Timetable {
  /** At equal distances from when it was deployed. */
  record Every(Duration interval) implements Timetable {}

  /** By a Unix cron expression of five fields, in UTC. */
  record ByCron(String expression) implements Timetable {}

  /** At once, and then this long after the end of each run. */
  record After(Duration pause) implements Timetable {}

  /** The shortest interval of {@code every}. */
  Duration SHORTEST = Duration.ofSeconds(1);

  /** What a definition that passed its checks says, if it is started by time. */
  static Optional<Timetable> of(JsonNode definition) {
    JsonNode schedule = definition.path("schedule");
    if (schedule.has("every")) {
      return Durations.parse(schedule.get("every")).map(Every::new);
    }
    if (schedule.has("after")) {
      return Durations.parse(schedule.get("after")).map(After::new);
    }
    return schedule.has("cron")
        ? Optional.of(new ByCron(schedule.get("cron").asText()))
        : Optional.empty();
  }

  /** Why the text is no cron expression that ever comes true; empty when it is one. */
  static Optional<String> fault(String expression, Instant now) {
    try {
      return next(expression, now).isPresent()
          ? Optional.empty()
          : Optional.of("it never comes true");
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** When it is due first, if it was deployed now; empty only for a cron that is never due. */
  default Optional<Instant> first(Instant now) {
    return switch (this) {
      case Every(Duration interval) -> Optional.of(whole(now).plus(interval));
      case ByCron(String expression) -> next(expression, now);
      case After _ -> Optional.of(whole(now));
    };
  }

  /** When it is due after it was due at {@code due}; empty while that depends on the run's end. */
  default Optional<Instant> next(Instant due, Instant now) {
    return switch (this) {
      case Every(Duration interval) -> {
        long passed = Math.max(0, Duration.between(due, now).dividedBy(interval));
        yield Optional.of(due.plus(interval.multipliedBy(passed + 1)));
      }
      case ByCron(String expression) -> next(expression, now.isAfter(due) ? now : due);
      case After _ -> Optional.empty();
    };
  }

  /** As it is told: {@code every}, {@code cron} or {@code after}. */
  default String kind() {
    return switch (this) {
      case Every _ -> "every";
      case ByCron _ -> "cron";
      case After _ -> "after";
    };
  }

  /** The expression, or the duration in ISO 8601. */
  default String expression() {
    return switch (this) {
      case Every(Duration interval) -> interval.toString();
      case ByCron(String cron) -> cron;
      case After(Duration pause) -> pause.toString();
    };
  }

  /** The same from how it is told. */
  static Timetable parse(String kind, String expression) {
    return switch (kind) {
      case "every" -> new Every(Duration.parse(expression));
      case "after" -> new After(Duration.parse(expression));
      case "cron" -> new ByCron(expression);
      default -> throw new IllegalArgumentException("no kind of schedule: " + kind);
    };
  }

  private static Optional<Instant> next(String expression, Instant after) {
    Cron cron =
        new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
            .parse(expression);
    return ExecutionTime.forCron(cron)
        .nextExecution(after.atZone(ZoneOffset.UTC))
        .map(ZonedDateTime::toInstant);
  }

  /** The database keeps no finer time. */
  private static Instant whole(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS);
  }
}
