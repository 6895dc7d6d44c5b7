package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.Fact;
import io.signalbox.runtime.expression.ExpressionFailed;
import io.signalbox.runtime.run.Interpreter.Decision;
import io.signalbox.runtime.run.Work.Stage;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run goes on by itself from where it was copied. Nothing of the other run's is touched: what
 * waits gets ids of this run, and of calls in flight nobody knows here what became of them, so
 * their policy decides (decision 10).
 */
final class Forks {
  private final Deciding turn;

  Forks(Deciding turn) {
    this.turn = turn;
  }

  Decision forked(Stimulus.Forked f) {
    Optional<String> objection = objection(turn.state());
    if (objection.isPresent()) {
      return Decision.no(new Refusal.Conflict(objection.get()));
    }
    Optional<JsonNode> value = Optional.empty();
    try {
      value = f.order().input().filter(_ -> untouched()).map(this::shaped);
    } catch (ExpressionFailed e) {
      return Decision.no(new Refusal.Conflict("the input does not fit: " + e.getMessage()));
    }
    turn.record(
        new Fact.RunForked(
            f.order().from(),
            f.order().atSeq(),
            f.order().by(),
            turn.definition.ref(),
            turn.definition.digest(),
            f.order().input(),
            value,
            f.order().context(),
            Optional.of(f.since())));
    if (value.isPresent()) {
      turn.cancelBelow(RunState.ROOT, "the run was forked with another input");
    } else {
      renewAll();
    }
    turn.readyAll();
    return turn.drive();
  }

  private static Optional<String> objection(RunState state) {
    boolean undoing =
        state.saga().cause().isPresent()
            || state.live().values().stream().anyMatch(a -> a.work() instanceof Work.Undo);
    if (undoing) {
      return Optional.of("the run was undoing what it did at that point; fork an earlier one");
    }
    return switch (state.phase()) {
      case Phase.Running _, Phase.Suspended _, Phase.Faulted _ -> Optional.empty();
      case Phase.Completed _, Phase.Cancelled _ ->
          Optional.of("the run had ended at that point; fork an earlier one");
      case Phase.Unstarted _, Phase.Deleted _ -> Optional.of("there is nothing to fork");
    };
  }

  /** Whether what flows is the run's input still: the first task is not done. */
  private boolean untouched() {
    Activation root = turn.state().get(RunState.ROOT);
    return root.work()
        .list()
        .map(
            c ->
                !c.settled()
                    && c.value().equals(root.input())
                    && c.current()
                        .map(turn.definition.root().list().getFirst().pointer()::equals)
                        .orElse(true))
        .orElse(false);
  }

  private JsonNode shaped(JsonNode input) {
    return turn.definition
        .inputFrom()
        .map(from -> turn.shape(from, input, Map.of("input", input)))
        .orElse(input);
  }

  private void renewAll() {
    List<Activation> waiting =
        turn.state().live().values().stream()
            .sorted(Comparator.comparingLong(Activation::id))
            .toList();
    for (Activation then : waiting) {
      Activation a = turn.state().live().get(then.id());
      if (a != null && a.asked().isEmpty()) {
        renew(a);
      }
    }
  }

  private void renew(Activation a) {
    switch (a.work()) {
      case Work.Listening w ->
          turn.record(
              new Fact.ListenStarted(a.id(), a.task(), own(a), w.filter(), Optional.empty()));
      case Work.Consuming w ->
          turn.record(
              new Fact.ListenStarted(
                  a.id(), a.task(), own(a), new EventFilter(Map.of()), Optional.of(w.listening())));
      case Work.Emitting w -> turn.record(new Fact.EventEmitted(a.id(), a.task(), w.event()));
      case Work.Approving w -> ask(a, w.approval());
      case Work.Calling w when w.kind().durable() -> anew(a, w);
      case Work.Calling w when w.stage() != Stage.ASKING ->
          turn.unknowns.unknown(a, w, "the call was in flight where the run was forked");
      case Work.Calling _, Work.Fresh _, Work.Waiting _, Work.Returned _ -> {}
      case Work.Sequence _, Work.Loop _, Work.Forking _, Work.Trying _ -> {}
      case Work.Mapping _, Work.Item _, Work.Undoing _, Work.Undo _ -> {}
      case Work.Extending _, Work.Leaving _ -> {}
    }
  }

  /** An agent or a child run begins anew, under a key of this run's own. */
  private void anew(Activation a, Work.Calling w) {
    turn.cancelBelow(a.id(), "the run was forked");
    turn.record(
        new Fact.CallDispatched(
            a.id(),
            a.task(),
            own(a),
            1,
            w.kind(),
            w.target(),
            unpinned(w),
            Optional.empty(),
            w.onUnknownOutcome(),
            w.leaseUntil(),
            Optional.of("the run was forked while this was under way"),
            Optional.empty()));
  }

  /** Without the child run that the other run waits for. */
  private static JsonNode unpinned(Work.Calling w) {
    if (w.kind() != CallKind.WORKFLOW) {
      return w.arguments();
    }
    ObjectNode arguments = w.arguments().deepCopy();
    arguments.remove(List.of("run", "digest"));
    return arguments;
  }

  /** Whoever was asked has not answered for this run. */
  private void ask(Activation a, ApprovalView v) {
    Duration lived = Duration.between(v.requestedAt(), turn.now);
    turn.record(
        new Fact.ApprovalRequested(
            a.id(),
            a.task(),
            own(a),
            v.title(),
            v.details(),
            v.tool(),
            v.arguments(),
            v.argumentsHash(),
            v.risk(),
            turn.state().began().startedBy(),
            v.approvers(),
            v.quorum(),
            v.expires().map(at -> at.plus(lived)),
            v.escalate().stream()
                .map(e -> new ApprovalView.Escalation(e.at().plus(lived), e.to(), e.channels()))
                .toList(),
            List.of(),
            v.terms()));
  }

  private String own(Activation a) {
    return turn.run.id() + "-" + a.id();
  }
}
