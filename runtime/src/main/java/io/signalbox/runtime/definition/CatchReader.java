package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.definition.Catch;
import io.signalbox.protocol.definition.Retry;
import io.signalbox.protocol.definition.Steps;
import io.signalbox.runtime.definition.StepLists.Surroundings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a try catches and how it tries again. */
final class CatchReader {
  private final Compilation in;
  private final BackoffReader backoffs;

  CatchReader(Compilation in) {
    this.in = in;
    this.backoffs = new BackoffReader(in);
  }

  Optional<Catch> read(Place place, Surroundings around) {
    if (!in.findings.object(place, "'catch'")) {
      return Optional.empty();
    }
    in.findings.only(place, "'catch'", Set.of("errors", "as", "when", "exceptWhen", "retry", "do"));
    String as = in.flow.variable(place.at("as"), "error");
    Names names = around.names().plus(as);
    Optional<Steps> handler =
        place.at("do").present()
            ? Optional.of(in.lists.sequence(place.at("do"), names, around.depth() + 1))
            : Optional.empty();
    return Optional.of(
        new Catch(
            errors(place.at("errors")),
            as,
            in.findings.expression(place.at("when"), names),
            in.findings.expression(place.at("exceptWhen"), names),
            retry(place.at("retry"), names),
            handler));
  }

  private JsonNode errors(Place errors) {
    if (!errors.present() || !in.findings.object(errors, "'errors'")) {
      return Json.object();
    }
    in.findings.only(errors, "'errors'", Set.of("with"));
    Place with = errors.at("with");
    if (!with.present() || !in.findings.object(with, "'with'")) {
      return Json.object();
    }
    in.findings.only(
        with,
        "an error filter",
        Set.of("type", "status", "instance", "title", "detail", "details"));
    return with.node();
  }

  private Optional<Retry> retry(Place place, Names names) {
    if (!place.present()) {
      return Optional.empty();
    }
    Place retry = in.use.resolve(place, "retries");
    return retry.present() ? policy(retry, names) : Optional.empty();
  }

  /** A retry policy, inline or declared under {@code use.retries}. */
  Optional<Retry> policy(Place retry, Names names) {
    if (!in.findings.object(retry, "a retry policy")) {
      return Optional.empty();
    }
    in.findings.only(
        retry,
        "a retry policy",
        Set.of("when", "exceptWhen", "delay", "backoff", "limit", "jitter"));
    Place limit = retry.at("limit");
    Place attempt = limit.at("attempt");
    if (limit.present() && in.findings.object(limit, "'limit'")) {
      in.findings.only(limit, "'limit'", Set.of("attempt", "duration"));
    }
    if (attempt.present() && in.findings.object(attempt, "'attempt'")) {
      in.findings.only(attempt, "'attempt'", Set.of("count", "duration"));
    }
    Place jitter = retry.at("jitter");
    if (jitter.present() && in.findings.object(jitter, "'jitter'")) {
      in.findings.only(jitter, "'jitter'", Set.of("from", "to"));
      for (String end : List.of("from", "to")) {
        if (!jitter.at(end).present()) {
          in.findings.fault(jitter, "'jitter' needs '" + end + "'");
        }
      }
      backoffs.ordered(jitter);
    }
    return Optional.of(
        new Retry(
            in.findings.expression(retry.at("when"), names),
            in.findings.expression(retry.at("exceptWhen"), names),
            in.findings.duration(retry.at("delay"), names),
            backoffs.kind(retry.at("backoff")),
            backoffs.growth(retry.at("backoff"), names),
            count(attempt.at("count")),
            in.findings.duration(limit.at("duration"), names),
            in.findings.duration(attempt.at("duration"), names),
            in.findings.duration(jitter.at("from"), names),
            in.findings.duration(jitter.at("to"), names)));
  }

  private Optional<Integer> count(Place place) {
    if (!place.present()) {
      return Optional.empty();
    }
    if (!place.node().isInt() || place.node().intValue() < 0) {
      in.findings.fault(place, "must be a whole number, 0 or more");
      return Optional.empty();
    }
    return Optional.of(place.node().intValue());
  }
}
