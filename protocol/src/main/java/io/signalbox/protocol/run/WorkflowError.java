package io.signalbox.protocol.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.util.Optional;

/**
 * An error as the DSL defines it (problem details with the failing task's JSON pointer).
 *
 * @param instance the JSON pointer of the task that failed
 * @param retryAfter when it is worth trying again, where somebody said so
 * @param rule that refused, where one did
 */
public record WorkflowError(
    String type,
    int status,
    String title,
    Optional<String> detail,
    String instance,
    Optional<Duration> retryAfter,
    Optional<String> rule) {
  @JsonCreator
  public WorkflowError {}

  /** An error of which nobody said when to try again, and that no rule is behind. */
  public WorkflowError(
      String type, int status, String title, Optional<String> detail, String instance) {
    this(type, status, title, detail, instance, Optional.empty(), Optional.empty());
  }

  /** The same, worth trying again after this time. */
  public WorkflowError after(Optional<Duration> pause) {
    return new WorkflowError(type, status, title, detail, instance, pause, rule);
  }

  private static final String BASE = "https://serverlessworkflow.io/spec/1.0.0/errors/";

  /** A refusal, and the rule that led to it. */
  public WorkflowError by(String because) {
    return new WorkflowError(
        type, status, title, detail, instance, retryAfter, Optional.of(because));
  }

  /** One of the DSL's standard error types: communication, timeout, expression and so on. */
  public static WorkflowError standard(
      String kind, int status, String title, String detail, String instance) {
    return new WorkflowError(BASE + kind, status, title, Optional.of(detail), instance);
  }
}
