package io.signalbox.runtime.catalog;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.runtime.definition.DefinitionReader;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The node's catalog: takes questions and changes, bounded in number, and looks every second
 * whether another node changed something.
 */
final class CatalogActor {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 256;

  private final ActorContext<Object> context;
  private final Desk desk;
  private int underWay;
  private boolean looking;
  private boolean warmed;

  private enum Own {
    LOOK,
    LOOKED
  }

  private record Answered(ActorRef<CatalogReply> replyTo, CatalogReply reply) {}

  private CatalogActor(ActorContext<Object> context, Desk desk) {
    this.context = context;
    this.desk = desk;
  }

  static Behavior<CatalogCommand> create(Desk desk) {
    return Behaviors.<Object>setup(
            context ->
                Behaviors.withTimers(
                    timers -> {
                      timers.startTimerWithFixedDelay(Own.LOOK, LOOK_EVERY);
                      return new CatalogActor(context, desk).behavior();
                    }))
        .narrow();
  }

  private Behavior<Object> behavior() {
    return Behaviors.receive(Object.class)
        .onMessage(CatalogCommand.class, this::take)
        .onMessage(Answered.class, this::answered)
        .onMessageEquals(Own.LOOK, this::look)
        .onMessageEquals(
            Own.LOOKED,
            () -> {
              looking = false;
              return Behaviors.same();
            })
        .build();
  }

  private Behavior<Object> take(CatalogCommand command) {
    if (underWay >= MOST_AT_ONCE) {
      command.replyTo().tell(busy("the catalog has too much to do"));
      return Behaviors.same();
    }
    underWay++;
    context.pipeToSelf(
        desk.answer(command),
        (reply, failure) -> {
          if (failure == null) {
            return new Answered(command.replyTo(), reply);
          }
          context.getLog().warn("the catalog cannot answer", failure);
          return new Answered(command.replyTo(), busy("the database does not answer now"));
        });
    return Behaviors.same();
  }

  private Behavior<Object> answered(Answered answered) {
    underWay--;
    answered.replyTo().tell(answered.reply());
    return Behaviors.same();
  }

  private Behavior<Object> look() {
    if (!looking) {
      looking = true;
      warm();
      context.pipeToSelf(
          desk.catalogs().look(),
          (_, failure) -> {
            if (failure != null) {
              context.getLog().warn("the catalog may be out of date: {}", failure.toString());
            }
            return Own.LOOKED;
          });
    }
    return Behaviors.same();
  }

  /** A moment after the start, so that the first deployment need not wait for the schema. */
  private void warm() {
    if (!warmed) {
      warmed = true;
      desk.database().threads().execute(DefinitionReader::warm);
    }
  }

  private static CatalogReply busy(String why) {
    return new CatalogReply.Refused(new Refusal.TooBusy(why, Duration.ofSeconds(2)));
  }
}
