package io.signalbox.runtime.definition;

import io.signalbox.protocol.definition.Task;
import io.signalbox.runtime.expression.Expressions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the tasks that stand by themselves: set, raise, wait and emit. */
final class PlainTasks {
  private static final Set<String> ERROR = Set.of("type", "status", "title", "detail", "instance");

  private final Compilation in;

  PlainTasks(Compilation in) {
    this.in = in;
  }

  Optional<Task> set(Place task, Names names) {
    Place set = task.at("set");
    boolean template = set.node().isObject() && !set.node().isEmpty();
    boolean expression = set.node().isTextual() && Expressions.isExpression(set.text());
    if (!template && !expression) {
      in.findings.fault(set, "must be an object with at least one property, or an expression ${ }");
      return Optional.empty();
    }
    return in.findings.template(set, names).map(Task.Set::new);
  }

  Optional<Task> raise(Place task, Names names) {
    Place raise = task.at("raise");
    if (!in.findings.object(raise, "'raise'")) {
      return Optional.empty();
    }
    in.findings.only(raise, "'raise'", Set.of("error"));
    if (!raise.at("error").present()) {
      in.findings.fault(raise, "'raise' needs 'error'");
      return Optional.empty();
    }
    Place error = in.use.resolve(raise.at("error"), "errors");
    return error.present() ? error(error, names) : Optional.empty();
  }

  /** An error, inline or declared under {@code use.errors}. */
  Optional<Task> error(Place error, Names names) {
    if (!in.findings.object(error, "an error")) {
      return Optional.empty();
    }
    in.findings.only(error, "an error", ERROR);
    for (String needed : List.of("type", "status")) {
      if (!error.at(needed).present()) {
        in.findings.fault(error, "an error needs '" + needed + "'");
      }
    }
    in.findings.uri(error.at("type"));
    for (String text : List.of("title", "detail", "instance")) {
      in.findings.text(error.at(text));
    }
    Place status = error.at("status");
    if (status.present()
        && (!status.node().isInt()
            || status.node().intValue() < 100
            || status.node().intValue() > 599)) {
      in.findings.fault(status, "must be a status from 100 to 599");
    }
    return in.findings.template(error, names).map(Task.Raise::new);
  }

  Optional<Task> pause(Place task, Names names) {
    return in.findings.duration(task.at("wait"), names).map(Task.Wait::new);
  }

  Optional<Task> emit(Place task, Names names) {
    Place emit = task.at("emit");
    if (!in.findings.object(emit, "'emit'")) {
      return Optional.empty();
    }
    in.findings.only(emit, "'emit'", Set.of("event"));
    Place event = emit.at("event");
    if (!event.present()) {
      in.findings.fault(emit, "'emit' needs 'event'");
      return Optional.empty();
    }
    if (!in.findings.object(event, "'event'")) {
      return Optional.empty();
    }
    in.findings.only(event, "'event'", Set.of("with"));
    Place with = event.at("with");
    if (!with.present()) {
      in.findings.fault(event, "'event' needs 'with'");
      return Optional.empty();
    }
    if (!in.findings.object(with, "'with'")) {
      return Optional.empty();
    }
    in.findings.requiredText(with, "source", "an event");
    in.findings.requiredText(with, "type", "an event");
    in.findings.uri(with.at("source"));
    in.findings.uri(with.at("dataschema"));
    return in.findings.template(with, names).map(Task.Emit::new);
  }
}
