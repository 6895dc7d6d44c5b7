package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.definition.Catch;
import io.signalbox.protocol.definition.Retry;
import io.signalbox.protocol.definition.Task;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.WorkflowError;
import io.signalbox.runtime.expression.ExpressionFailed;
import io.signalbox.runtime.expression.Expressions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What an error does: it climbs to the nearest try that catches it, or faults the run. */
final class Faults {
  private static final List<String> STANDARD_BASES =
      List.of(
          "https://serverlessworkflow.io/spec/1.0.0/errors/",
          "https://serverlessworkflow.io/dsl/errors/types/");

  private final Deciding turn;

  Faults(Deciding turn) {
    this.turn = turn;
  }

  WorkflowError runtime(String detail, String task) {
    return WorkflowError.standard("runtime", 500, "Runtime error", detail, task);
  }

  /**
   * The activation failed.
   *
   * @param retryAfter no retry before this much time, as the other side asked
   */
  void raise(Activation failed, WorkflowError error, Optional<Duration> retryAfter) {
    turn.cancelBelow(failed.id(), "the task around it failed");
    if (failed.id() != RunState.ROOT) {
      turn.record(new Fact.TaskFaulted(failed.id(), failed.task(), error));
    }
    climb(failed.parent(), error, retryAfter);
  }

  /** A retry of the try's body takes too long. */
  void late(Activation trying) {
    turn.cancelBelow(trying.id(), "the time for this attempt is over");
    climb(
        trying.id(),
        WorkflowError.standard(
            "timeout",
            408,
            "Timeout",
            "the time for attempt %d of %s is over"
                .formatted(((Work.Trying) trying.work()).retries() + 1, trying.task()),
            trying.task()),
        Optional.empty());
  }

  private void climb(long from, WorkflowError error, Optional<Duration> retryAfter) {
    WorkflowError current = error;
    long inner = from;
    for (Activation a = at(from); a != null; a = at(a.parent())) {
      if (a.work() instanceof Work.Trying trying && trying.handling().isEmpty()) {
        Task.Try task = (Task.Try) turn.step(a.task()).task();
        try {
          if (catches(task.caught(), current, a)) {
            clear(a, inner, current);
            caught(a, trying, task.caught(), current, retryAfter);
            return;
          }
        } catch (ExpressionFailed | IllegalArgumentException e) {
          current = turn.broken(e, a.task());
        }
      }
      inner = a.id();
    }
    faultRun(current);
  }

  /** The run faults; what waits or is in flight is given up, composites stay for a retry. */
  void faultRun(WorkflowError error) {
    turn.state().live().values().stream()
        .filter(a -> a.work().list().isEmpty() && !(a.work() instanceof Work.Forking))
        .filter(a -> !(a.work() instanceof Work.Leaving))
        .sorted(Comparator.comparingLong(Activation::id).reversed())
        .toList()
        .forEach(a -> turn.record(new Fact.TaskCancelled(a.id(), a.task(), "the run faulted")));
    turn.record(new Fact.RunFaulted(error));
  }

  private @Nullable Activation at(long id) {
    return turn.state().live().get(id);
  }

  /** What is left of the failed branch below the catching try goes. */
  private void clear(Activation trying, long inner, WorkflowError error) {
    Activation branch = at(inner);
    if (branch != null && branch.id() != trying.id()) {
      for (long id : turn.state().below(branch.id()).reversed()) {
        turn.record(
            new Fact.TaskCancelled(id, turn.state().get(id).task(), "the task around it failed"));
      }
      turn.record(new Fact.TaskFaulted(branch.id(), branch.task(), error));
    }
    turn.cancelBelow(trying.id(), "the task around it failed");
  }

  private void caught(
      Activation a, Work.Trying trying, Catch spec, WorkflowError error, Optional<Duration> after) {
    if (spec.retry().isPresent()) {
      Optional<Instant> again = nextTry(a, trying, spec.retry().get(), spec.as(), error, after);
      if (again.isPresent()) {
        int attempt = trying.retries() + 1;
        turn.record(new Fact.RetryScheduled(a.id(), a.task(), attempt, again.get(), error));
        if (!again.get().isAfter(turn.now)) {
          retry(turn.state().get(a.id()));
        }
        return;
      }
    }
    if (spec.handler().isPresent()) {
      turn.record(new Fact.ErrorCaught(a.id(), a.task(), error));
      turn.ready(a.id());
    } else if (spec.retry().isPresent()) {
      // all retries are used up and nothing handles the error: it must not vanish
      raise(turn.state().get(a.id()), error, after);
    } else {
      turn.record(new Fact.ErrorCaught(a.id(), a.task(), error));
      turn.complete(turn.state().get(a.id()), a.input(), false, Optional.empty());
    }
  }

  /** The pause before another try is over. */
  void retry(Activation a) {
    Work.Trying trying = (Work.Trying) a.work();
    Task.Try task = (Task.Try) turn.step(a.task()).task();
    try {
      Map<String, JsonNode> variables = Scope.of(turn.run, turn.definition, turn.state(), a);
      Optional<Instant> until =
          task.caught()
              .retry()
              .flatMap(Retry::attemptDuration)
              .map(d -> turn.now.plus(turn.duration(d, a.input(), variables)));
      turn.record(new Fact.TaskRetried(a.id(), a.task(), trying.retries(), until));
      turn.ready(a.id());
    } catch (ExpressionFailed | IllegalArgumentException e) {
      raise(a, turn.broken(e, a.task()), Optional.empty());
    }
  }

  private boolean catches(Catch spec, WorkflowError error, Activation a) {
    JsonNode tree = Json.tree(error);
    Map<String, JsonNode> variables = variables(a, spec.as(), tree);
    JsonNode with = Expressions.evaluate(spec.with(), a.input(), variables);
    for (Map.Entry<String, JsonNode> wanted : with.properties()) {
      // the DSL's schema says "details" where its errors have "detail"
      String name = wanted.getKey().equals("details") ? "detail" : wanted.getKey();
      if (!same(name, wanted.getValue(), tree.path(name))) {
        return false;
      }
    }
    return spec.when().map(w -> Expressions.holds(w, tree, variables)).orElse(true)
        && !spec.exceptWhen().map(w -> Expressions.holds(w, tree, variables)).orElse(false);
  }

  private static boolean same(String name, JsonNode wanted, JsonNode actual) {
    if (name.equals("type")) {
      return plain(wanted.asText()).equals(plain(actual.asText()));
    }
    if (wanted.isNumber() && actual.isNumber()) {
      return wanted.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    return wanted.equals(actual);
  }

  /** The DSL has moved its standard error types once; both spellings mean the same error. */
  private static String plain(String type) {
    for (String base : STANDARD_BASES) {
      if (type.startsWith(base)) {
        return STANDARD_BASES.getFirst() + type.substring(base.length());
      }
    }
    return type;
  }

  private Map<String, JsonNode> variables(Activation a, String as, JsonNode error) {
    Map<String, JsonNode> variables = Scope.of(turn.run, turn.definition, turn.state(), a);
    variables.put(as, error);
    return variables;
  }

  private Optional<Instant> nextTry(
      Activation a,
      Work.Trying trying,
      Retry policy,
      String as,
      WorkflowError error,
      Optional<Duration> after) {
    JsonNode tree = Json.tree(error);
    Map<String, JsonNode> variables = variables(a, as, tree);
    int attempt = trying.retries() + 1;
    if (policy.maxAttempts().map(max -> attempt > max).orElse(false)
        || !policy.when().map(w -> Expressions.holds(w, tree, variables)).orElse(true)
        || policy.exceptWhen().map(w -> Expressions.holds(w, tree, variables)).orElse(false)) {
      return Optional.empty();
    }
    Duration wait = Delays.before(attempt, policy, d -> turn.duration(d, a.input(), variables));
    Duration jittered = wait.plus(jitter(policy, a, variables));
    Duration asked = after.orElse(Duration.ZERO);
    Instant at = turn.now.plus(asked.compareTo(jittered) > 0 ? asked : jittered);
    boolean late =
        policy
            .maxDuration()
            .map(d -> at.isAfter(trying.since().plus(turn.duration(d, a.input(), variables))))
            .orElse(false);
    return late ? Optional.empty() : Optional.of(at);
  }

  /** Random, and yet the same whenever this turn is decided again: the seed is the history. */
  private Duration jitter(Retry policy, Activation a, Map<String, JsonNode> variables) {
    if (policy.jitterTo().isEmpty()) {
      return Duration.ZERO;
    }
    long from =
        policy
            .jitterFrom()
            .map(d -> turn.duration(d, a.input(), variables))
            .orElse(Duration.ZERO)
            .toMillis();
    long to = turn.duration(policy.jitterTo().get(), a.input(), variables).toMillis();
    long seed = turn.run.hashCode() * 31L + turn.nextSeq();
    return Duration.ofMillis(to <= from ? from : new SplittableRandom(seed).nextLong(from, to + 1));
  }
}
