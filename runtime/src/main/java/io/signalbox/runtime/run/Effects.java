package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.agent.Origin;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.blob.Claim;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.guard.Guards;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.Perform.Mode;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.catalog.Rulebook;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a turn's facts mean for the world outside. Pure. */
final class Effects {
  private Effects() {}

  /** Effects of facts just journalled, given the state before and after them. */
  static List<Effect> of(
      RunId run, Rulebook rules, List<Fact> facts, RunState before, RunState after) {
    return facts.stream().flatMap(fact -> of(run, rules, fact, before, after)).toList();
  }

  /** What must be said again after the entity came back: all of it is harmless to repeat. */
  static List<Effect> standing(RunId run, Rulebook rules, RunState state) {
    return state.live().values().stream().flatMap(a -> standing(run, rules, state, a)).toList();
  }

  private static Stream<Effect> standing(RunId run, Rulebook rules, RunState state, Activation a) {
    return switch (a.work()) {
      case Work.Listening w ->
          Stream.of(new Effect.Subscribe(w.subscription(), List.of(w.filter())));
      case Work.Consuming w -> HearingFacts.subscribe(w).stream();
      case Work.Emitting w -> Stream.of(new Effect.Publish(key(run, a), w.event()));
      case Work.Calling w when w.kind() == CallKind.AGENT ->
          // a message that was cleared and did not arrive is looked at again: safe, if tedious
          converse(
              run,
              rules,
              state,
              a.id(),
              w.key(),
              w.attempt(),
              w.target(),
              w.arguments(),
              GuardRules.ofMessage(rules, state, w.target(), false))
              .stream();
      case Work.Calling w when w.kind() == CallKind.WORKFLOW ->
          Stream.of(ChildEffects.standing(run, state, a, w));
      case Work.Leaving w -> Stream.of(ChildEffects.cancel(run, w.key(), w.run()));
      case Work.Fresh _, Work.Sequence _, Work.Loop _, Work.Forking _, Work.Trying _ -> Stream.of();
      case Work.Extending _ -> Stream.of();
      case Work.Returned _ -> answerAgent(run, rules, a.id(), state).stream();
      case Work.Waiting _, Work.Approving _, Work.Calling _, Work.Held _ -> Stream.of();
      case Work.Mapping _, Work.Item _, Work.Undoing _, Work.Undo _ -> Stream.of();
    };
  }

  private static String key(RunId run, Activation a) {
    return run.id() + "-" + a.id();
  }

  private static Stream<Effect> of(
      RunId run, Rulebook rules, Fact fact, RunState before, RunState after) {
    return switch (fact) {
      case Fact.CallDispatched f when f.kind() == CallKind.AGENT ->
          converse(
              run,
              rules,
              after,
              f.id(),
              f.key(),
              f.attempt(),
              f.target(),
              f.arguments(),
              GuardRules.ofMessage(rules, after, f.target(), f.cleared().isPresent()))
              .stream();
      case Fact.CallDispatched f when f.kind() == CallKind.WORKFLOW ->
          Stream.of(
              new Effect.FindChild(
                  f.key(),
                  f.arguments().path("namespace").asText(),
                  f.arguments().path("name").asText(),
                  f.arguments().path("version").asText()));
      case Fact.CallDispatched f ->
          Stream.of(
              new Effect.Send(
                  new Perform(
                          run,
                          f.key(),
                          f.attempt(),
                          Mode.SEND,
                          f.kind(),
                          f.arguments(),
                          f.kind() == CallKind.TOOL
                              ? Optional.ofNullable(after.tools().get(f.target()))
                              : Optional.empty(),
                          f.leaseUntil())
                      .billed(Bills.of(run, rules, after, f))
                      .guarded(
                          GuardRules.ofCall(
                              rules, after, f.id(), f.target(), f.cleared().isPresent()))));
      case Fact.CallProbed f -> probe(run, f, after).stream();
      case Fact.EventEmitted f -> Stream.of(new Effect.Publish(run.id() + "-" + f.id(), f.event()));
      case Fact.ListenStarted f -> HearingFacts.effect(f).stream();
      case Fact.EventReceived f -> HearingFacts.effect(run, f, after).stream();
      case Fact.EventProcessed f when f.last() ->
          Stream.of(new Effect.Unsubscribe(run.id() + "-" + f.id()));
      case Fact.EventProcessed _ -> Stream.of();
      case Fact.RunFaulted _ ->
          Stream.concat(
              HearingFacts.open(after).map(HearingFacts::unsubscribe),
              ChildEffects.report(run, after));
      case Fact.RunRetried _ ->
          HearingFacts.open(after).flatMap(w -> HearingFacts.subscribe(w).stream());
      case Fact.CallSettled f -> answerAgent(run, rules, f.id(), after).stream();
      case Fact.ToolRefused f -> answerAgent(run, rules, f.id(), after).stream();
      case Fact.RunFrozen _, Fact.CallHeld _ -> Stream.of();
      // what the run's agents were not told while it stood still
      case Fact.RunThawed _ ->
          after.live().keySet().stream().flatMap(id -> answerAgent(run, rules, id, after).stream());
      case Fact.TaskFaulted f -> giveUp(run, f.id(), before).stream();
      case Fact.TaskCancelled f -> giveUp(run, f.id(), before).stream();
      case Fact.ChildPinned f -> ChildEffects.pinned(run, f.id(), after);
      case Fact.RunCompleted _, Fact.RunCancelled _ -> ChildEffects.report(run, after);
      case Fact.RunStarted _, Fact.RunSuspended _, Fact.RunResumed _, Fact.RunDeleted _ ->
          Stream.of();
      case Fact.TaskStarted _, Fact.TaskSkipped _ -> Stream.of();
      case Fact.TaskCompleted _, Fact.IterationStarted _, Fact.ChildReleased _ -> Stream.of();
      case Fact.ErrorCaught _, Fact.RetryScheduled _, Fact.TaskRetried _, Fact.WaitStarted _ ->
          Stream.of();
      case Fact.TaskExtended _, Fact.ExtensionStarted _, Fact.TaskEntered _, Fact.TaskReturned _ ->
          Stream.of();
      case Fact.ToolRequested _, Fact.CallUnknown _, Fact.CallResolved _ -> Stream.of();
      case Fact.CallGuarded _ -> Stream.of();
      case Fact.ApprovalRequested _, Fact.ApprovalEscalated _, Fact.ApprovalDecided _ ->
          Stream.of();
      case Fact.ApprovalExpired _, Fact.ApprovalClaimed _, Fact.ApprovalReleased _ -> Stream.of();
      case Fact.ApprovalDelegated _, Fact.GrantUsed _ -> Stream.of();
      case Fact.ItemStarted _, Fact.ItemCompleted _, Fact.ItemFaulted _ -> Stream.of();
      case Fact.CallJudged _ -> Stream.of();
      case Fact.RunLabelled _, Fact.RunCompensating _, Fact.CompensationStarted _ -> Stream.of();
      case Fact.CompensationCompleted _, Fact.CompensationFaulted _ -> Stream.of();
      case Fact.RunMigrated _, Fact.RunForked _ -> Stream.of();
    };
  }

  /** An agent's tool call that has returned is told to its session; harmless to repeat. */
  static Optional<Effect> answerAgent(RunId run, Rulebook rules, long id, RunState state) {
    Activation a = state.live().get(id);
    if (a == null
        || a.asked().isEmpty()
        || !(a.work() instanceof Work.Returned returned)
        || Freezing.silent(rules, state, a)) {
      return Optional.empty();
    }
    Activation.Asked asked = a.asked().get();
    return Optional.of(
        new Effect.Tell(
            asked.session(),
            new SessionCommand.ToolSettled(
                run.id() + "-" + a.parent(), asked.callId(), returned.outcome())));
  }

  private static Optional<Effect> giveUp(RunId run, long id, RunState before) {
    Activation a = before.live().get(id);
    if (a == null) {
      return Optional.empty();
    }
    return switch (a.work()) {
      case Work.Listening w -> Optional.of(new Effect.Unsubscribe(w.subscription()));
      case Work.Consuming w when !w.closed() -> Optional.of(HearingFacts.unsubscribe(w));
      case Work.Consuming _ -> Optional.empty();
      case Work.Calling w when w.kind() == CallKind.AGENT ->
          Optional.of(
              new Effect.Tell(
                  session(run, id, w.target(), w.arguments()),
                  new SessionCommand.Abandon(w.key())));
      case Work.Calling w when w.kind() == CallKind.WORKFLOW -> ChildEffects.giveUp(run, w);
      case Work.Fresh _, Work.Sequence _, Work.Loop _, Work.Forking _, Work.Trying _ ->
          Optional.empty();
      case Work.Extending _ -> Optional.empty();
      case Work.Waiting _, Work.Emitting _, Work.Approving _, Work.Calling _, Work.Returned _ ->
          Optional.empty();
      case Work.Mapping _, Work.Item _, Work.Undoing _, Work.Undo _ -> Optional.empty();
      case Work.Leaving _, Work.Held _ -> Optional.empty();
    };
  }

  private static Optional<Effect> probe(RunId run, Fact.CallProbed f, RunState after) {
    Activation a = after.live().get(f.id());
    return a != null && a.work() instanceof Work.Calling w
        ? Optional.of(
            new Effect.Send(
                new Perform(
                    run,
                    f.key(),
                    f.attempt(),
                    Mode.PROBE,
                    w.kind(),
                    w.arguments(),
                    w.tool(),
                    f.leaseUntil())))
        : Optional.empty();
  }

  private static Optional<Effect> converse(
      RunId run,
      Rulebook rules,
      RunState state,
      long id,
      String key,
      int attempt,
      String agent,
      JsonNode arguments,
      Optional<Guards> guards) {
    AgentDefinition definition = rules.agents().get(agent);
    if (definition == null) {
      return Optional.empty();
    }
    List<ToolDefinition> tools =
        definition.tools().stream()
            .flatMap(name -> Stream.ofNullable(rules.tools().get(name)))
            .toList();
    JsonNode message = arguments.path("message");
    JsonNode data = arguments.path("data");
    Optional<JsonNode> claimed = Claim.of(message).map(Claim::node);
    return Optional.of(
        new Effect.Tell(
            session(run, id, agent, arguments),
            new SessionCommand.Converse(
                run,
                key,
                attempt,
                definition,
                tools,
                claimed.isPresent() ? "" : text(message),
                data.isMissingNode() ? Json.object() : data,
                claimed,
                Optional.ofNullable(arguments.get(Sources.VOUCHED)).map(JsonNode::asText),
                guards,
                Optional.of(
                    new Origin(Freezing.namespaces(state.began()), state.began().startedBy())))));
  }

  private static String text(JsonNode message) {
    return message.isTextual() ? message.textValue() : message.toString();
  }

  /** A call without a session of its own gets a fresh one. */
  private static SessionId session(RunId run, long id, String agent, JsonNode arguments) {
    JsonNode named = arguments.path("session");
    String session =
        named.isTextual() && !named.textValue().isEmpty() ? named.textValue() : run.id() + "-" + id;
    return new SessionId(run.tenant(), agent, session);
  }
}
