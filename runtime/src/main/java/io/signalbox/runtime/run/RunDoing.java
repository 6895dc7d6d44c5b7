package io.signalbox.runtime.run;

import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.blob.Checking;
import io.signalbox.protocol.event.EventCommand;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunView;
import io.signalbox.protocol.run.Usage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/** Carries out a run's effects, and tries those again that the database held up. */
final class RunDoing {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final RunId run;
  private final RunParts parts;
  private final ActorContext<RunCommand> context;
  private final TimerScheduler<RunCommand> timers;
  private final ClusterSharding sharding;
  private final Map<String, Effect.Subscribe> subscribed = new HashMap<>();
  private final ChildCalls children;

  RunDoing(
      RunId run,
      RunParts parts,
      ActorContext<RunCommand> context,
      TimerScheduler<RunCommand> timers) {
    this.run = run;
    this.parts = parts;
    this.context = context;
    this.timers = timers;
    this.sharding = ClusterSharding.get(context.getSystem());
    this.children = new ChildCalls(run, parts.definitions(), context, sharding);
  }

  /** What stays on this node gets its large values, what travels keeps its claims. */
  void act(Effect effect) {
    if (effect instanceof Effect.Tell || Checking.claims(effect).isEmpty()) {
      act(effect, effect);
    } else {
      context.pipeToSelf(
          parts.blobs().checkOut(run.tenant(), effect),
          (whole, failure) ->
              failure == null ? new Own.Act(whole, effect) : new Own.ActLater(effect));
    }
  }

  void actLater(Effect effect) {
    timers.startSingleTimer(effect, new Own.Act(effect, effect), PAUSE);
  }

  /**
   * @param effect as the journal has it
   */
  void act(Effect whole, Effect effect) {
    switch (whole) {
      case Effect.Send e ->
          parts
              .atOnce()
              .apply(e.perform())
              .ifPresentOrElse(
                  outcome -> context.getSelf().tell(performed(e.perform(), outcome)),
                  () -> parts.hands().tell(e.perform()));
      case Effect.Tell e ->
          sharding.entityRefFor(SessionCommand.KEY, e.session().text()).tell(e.command());
      case Effect.Publish e -> publish(e, effect);
      case Effect.Subscribe e -> subscribe(e);
      case Effect.Unsubscribe e -> {
        subscribed.remove(e.subscription());
        parts.events().tell(new EventCommand.Unsubscribe(run, e.subscription()));
      }
      case Effect.FindChild e -> children.find(e);
      case Effect.StartChild e -> children.start(e);
      case Effect.CancelChild e -> children.cancel(e);
      case Effect.Report e ->
          sharding
              .entityRefFor(RunCommand.KEY, e.parent().text())
              .tell(new RunCommand.Performed(e.key(), 1, e.outcome()));
    }
  }

  private static RunCommand performed(Perform order, Outcome outcome) {
    return new RunCommand.Performed(order.key(), order.attempt(), outcome);
  }

  private void publish(Effect.Publish e, Effect effect) {
    context.ask(
        EventCommand.Reply.class,
        parts.events(),
        PATIENCE,
        replyTo -> new EventCommand.Publish(run.tenant(), List.of(e.event()), replyTo),
        (reply, failure) ->
            reply instanceof EventCommand.Reply.Accepted
                ? new RunCommand.Performed(
                    e.key(), 1, new Outcome.Succeeded(Json.object(), Usage.NONE))
                : later(e.key(), effect));
  }

  private void subscribe(Effect.Subscribe e) {
    if (e.equals(subscribed.get(e.subscription()))) {
      return;
    }
    context.ask(
        EventCommand.Reply.class,
        parts.events(),
        PATIENCE,
        replyTo -> new EventCommand.Subscribe(run, e.subscription(), e.filters(), replyTo),
        (reply, failure) -> new Own.Subscribed(e, reply instanceof EventCommand.Reply.Accepted));
  }

  /** The database has answered about a subscription. */
  void subscribed(Own.Subscribed s) {
    if (s.kept()) {
      subscribed.put(s.effect().subscription(), s.effect());
    } else {
      timers.startSingleTimer(s.effect().subscription(), new Own.Again(s.effect()), PAUSE);
    }
  }

  private RunCommand later(String key, Effect effect) {
    return new Own.AgainLater(key, effect, PAUSE);
  }

  /** A run shows that it waits for an event only once no event can be missed any more. */
  RunView shown(RunView view) {
    List<RunView.WaitingFor> sure =
        view.waitingFor().stream()
            .filter(
                w -> !w.kind().equals("event") || w.id().map(subscribed::containsKey).orElse(true))
            .toList();
    return view.waitingFor(sure);
  }
}
