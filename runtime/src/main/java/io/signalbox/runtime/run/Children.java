package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Parent;
import io.signalbox.protocol.run.RunView;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.run.WorkflowError;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.runtime.run.Interpreter.Decision;
import java.util.Optional;

/**
 * Tasks that run a workflow ({@code run: workflow}): another run carries them out, under an id that
 * follows from this run's and the activation's number, so that beginning it twice is harmless.
 */
final class Children {
  /** Who settled the call: the child, by its end. */
  static final String BY = "child";

  /** Ids longer than this would no longer fit where ids are kept. */
  private static final int LONGEST_ID = 120;

  private final Deciding turn;

  Children(Deciding turn) {
    this.turn = turn;
  }

  void begin(Activation a, JsonNode with) {
    int depth = turn.state().begun().flatMap(Begun::parent).map(Parent::depth).orElse(0);
    if (depth >= turn.bounds.nesting()) {
      turn.faults.raise(
          a,
          turn.faults.runtime(
              "runs stand "
                  + depth
                  + " deep below one another, and more are not allowed"
                  + " (signalbox.runtime.runs.nesting)",
              a.task()),
          Optional.empty());
      return;
    }
    turn.calls.dispatch(
        a,
        CallKind.WORKFLOW,
        "%s/%s:%s"
            .formatted(
                with.path("namespace").asText(),
                with.path("name").asText(),
                with.path("version").asText()),
        with,
        Optional.empty(),
        OnUnknownOutcome.IDEMPOTENT,
        Calls.AGENT_LEASE);
  }

  Decision found(Stimulus.ChildFound f) {
    Optional<Activation> found = turn.calls.find(f.key());
    if (found.isPresent()
        && found.get().work() instanceof Work.Calling call
        && call.kind() == CallKind.WORKFLOW
        && !call.arguments().has("run")) {
      Activation a = found.get();
      f.workflow()
          .ifPresentOrElse(
              workflow ->
                  turn.record(
                      new Fact.ChildPinned(
                          a.id(), a.task(), f.key(), id(f.key()), workflow, f.digest())),
              () ->
                  settle(
                      a,
                      call,
                      new Outcome.Failed(
                          "configuration",
                          400,
                          "there is no workflow " + call.target(),
                          Optional.empty())));
    }
    return turn.drive();
  }

  /** The child has ended, or has begun where nobody waits for its end. */
  void told(Activation a, Work.Calling call, Outcome outcome) {
    if (outcome instanceof Outcome.Succeeded ok) {
      boolean awaited = call.arguments().path("await").asBoolean(true);
      boolean silent = call.arguments().path("return").asText().equals("none");
      JsonNode result = silent ? NullNode.getInstance() : awaited ? ok.result() : a.input();
      settle(a, call, new Outcome.Succeeded(result, Usage.NONE));
    } else {
      settle(a, call, outcome);
    }
  }

  private void settle(Activation a, Work.Calling call, Outcome outcome) {
    turn.record(new Fact.CallSettled(a.id(), a.task(), call.key(), outcome, BY));
    turn.ready(a.id());
  }

  Decision gone(Stimulus.ChildGone g) {
    Optional<Activation> found = turn.calls.find(g.key());
    if (found.isPresent() && found.get().work() instanceof Work.Leaving left) {
      turn.record(
          new Fact.ChildReleased(
              found.get().id(), found.get().task(), g.key(), left.run(), g.how()));
    }
    return turn.drive();
  }

  private static String id(String key) {
    return key.length() <= LONGEST_ID
        ? key
        : "run-" + Hashes.of(TextNode.valueOf(key)).substring(7, 47);
  }

  /** Another run's error as that of a task here. */
  static WorkflowError here(WorkflowError error, String task) {
    return new WorkflowError(
        error.type(), error.status(), error.title(), error.detail(), task, error.rule());
  }

  /** What the end of a run is to the task that waited for it; empty while it has not ended. */
  static Optional<Outcome> outcome(RunView run) {
    return switch (run.status()) {
      case COMPLETED ->
          Optional.of(new Outcome.Succeeded(run.output().orElse(Json.object()), Usage.NONE));
      case FAULTED -> {
        String why =
            run.error().flatMap(WorkflowError::detail).orElse("run " + run.id() + " faulted");
        int status = run.error().map(WorkflowError::status).orElse(500);
        yield Optional.of(
            new Outcome.Failed("runtime", status, why, Optional.empty(), run.error()));
      }
      case CANCELLED ->
          Optional.of(
              new Outcome.Failed(
                  "runtime", 500, "run " + run.id() + " was cancelled", Optional.empty()));
      case PENDING, RUNNING, WAITING, SUSPENDED -> Optional.empty();
    };
  }
}
