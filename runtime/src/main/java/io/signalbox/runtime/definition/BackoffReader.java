package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.Retry;
import io.signalbox.protocol.definition.Retry.Growth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads how the delay of a retry policy grows. The DSL leaves the objects under {@code constant},
 * {@code linear} and {@code exponential} open; what they may hold here is our own.
 */
final class BackoffReader {
  private static final Map<String, Set<String>> OPTIONS =
      Map.of(
          "constant", Set.of(),
          "linear", Set.of("increment", "maxDelay"),
          "exponential", Set.of("factor", "maxDelay"));

  private final Compilation in;

  BackoffReader(Compilation in) {
    this.in = in;
  }

  Retry.Backoff kind(Place place) {
    return switch (name(place).orElse("constant")) {
      case "linear" -> Retry.Backoff.LINEAR;
      case "exponential" -> Retry.Backoff.EXPONENTIAL;
      default -> Retry.Backoff.CONSTANT;
    };
  }

  Growth growth(Place place, Names names) {
    if (!place.present()) {
      return Growth.STANDARD;
    }
    Optional<String> name = name(place);
    if (name.isEmpty()) {
      in.findings.fault(place, "must be one of {constant: {}}, {linear: {}} and {exponential: {}}");
      return Growth.STANDARD;
    }
    Place options = place.at(name.get());
    if (!in.findings.object(options, "'" + name.get() + "'")) {
      return Growth.STANDARD;
    }
    in.findings.only(
        options, "a " + name.get() + " backoff", OPTIONS.getOrDefault(name.get(), Set.of()));
    return new Growth(
        in.findings.duration(options.at("increment"), names),
        factor(options.at("factor")),
        in.findings.duration(options.at("maxDelay"), names));
  }

  private static Optional<String> name(Place place) {
    return place.node().isObject()
            && place.node().size() == 1
            && OPTIONS.containsKey(place.node().fieldNames().next())
        ? Optional.of(place.node().fieldNames().next())
        : Optional.empty();
  }

  private Optional<Double> factor(Place place) {
    if (!place.present()) {
      return Optional.empty();
    }
    double factor = place.node().isNumber() ? place.node().doubleValue() : 0;
    if (factor < 1 || factor > 100) {
      in.findings.fault(place, "must be a number from 1 to 100");
      return Optional.empty();
    }
    return Optional.of(factor);
  }

  /** Jitter from more to less would be none at all. */
  void ordered(Place jitter) {
    List<Optional<Duration>> ends =
        List.of(literal(jitter.at("from").node()), literal(jitter.at("to").node()));
    if (ends.stream().allMatch(Optional::isPresent)
        && ends.getFirst().get().compareTo(ends.getLast().get()) > 0) {
      in.findings.fault(jitter.at("to"), "must not be shorter than 'from'");
    }
  }

  private static Optional<Duration> literal(JsonNode duration) {
    return Durations.parse(duration);
  }
}
