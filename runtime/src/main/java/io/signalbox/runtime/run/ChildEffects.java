package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.run.Parent;
import io.signalbox.protocol.run.StartRun;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What facts about child runs and parents mean for the world outside. Pure. */
final class ChildEffects {
  /** The label by which a run's children are found. */
  static final String LABEL = "parent";

  private ChildEffects() {}

  /** What a task that runs a workflow still has to say, as often as it is asked. */
  static Effect standing(RunId run, RunState state, Activation a, Work.Calling w) {
    JsonNode with = w.arguments();
    return with.has("run")
        ? start(run, state, a, w)
        : new Effect.FindChild(
            w.key(),
            with.path("namespace").asText(),
            with.path("name").asText(),
            with.path("version").asText());
  }

  private static Effect start(RunId run, RunState state, Activation a, Work.Calling w) {
    JsonNode with = w.arguments();
    Begun begun = state.begun().orElseThrow(() -> new IllegalStateException("not started"));
    JsonNode input = with.path("input");
    Parent parent =
        new Parent(
            run.id(),
            a.task(),
            w.key(),
            with.path("await").asBoolean(true),
            begun.parent().map(Parent::depth).orElse(0) + 1,
            Optional.of(Freezing.namespaces(begun)));
    return new Effect.StartChild(
        new RunId(run.tenant(), with.path("run").asText()),
        w.key(),
        new StartRun(
            new WorkflowRef(
                with.path("namespace").asText(),
                with.path("name").asText(),
                with.path("version").asText()),
            with.path("digest").asText(),
            input.isMissingNode() ? Json.object() : input,
            Map.of(LABEL, run.id()),
            begun.startedBy(),
            false,
            Optional.of(parent),
            begun.caller()));
  }

  static Stream<Effect> pinned(RunId run, long id, RunState after) {
    Activation a = after.live().get(id);
    return a != null && a.work() instanceof Work.Calling w
        ? Stream.of(start(run, after, a, w))
        : Stream.of();
  }

  /** A task was abandoned: the child run it waited for is ended with it. */
  static Optional<Effect> giveUp(RunId run, Work.Calling w) {
    return ChildFacts.awaited(w).map(child -> cancel(run, w.key(), child));
  }

  static Effect cancel(RunId run, String key, String child) {
    return new Effect.CancelChild(new RunId(run.tenant(), child), key);
  }

  /** The run has ended: who waits for it is told. */
  static Stream<Effect> report(RunId run, RunState after) {
    return after.begun().flatMap(Begun::parent).filter(Parent::awaited).stream()
        .flatMap(
            parent ->
                Children.outcome(Summaries.view(run, after)).stream()
                    .map(
                        outcome ->
                            new Effect.Report(
                                new RunId(run.tenant(), parent.run()), parent.key(), outcome)));
  }
}
