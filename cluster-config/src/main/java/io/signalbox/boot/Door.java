package io.signalbox.boot;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way into a room that may not be there yet: HTTP is served while the database is still away.
 * What comes before the room opens is dropped, and whoever asked runs into their timeout.
 */
final class Door<T> {
  private static final Logger log = LoggerFactory.getLogger(Door.class);

  private final AtomicReference<Optional<ActorRef<T>>> room =
      new AtomicReference<>(Optional.empty());
  private final ActorRef<T> outside;

  Door(ActorSystem<?> system, String name) {
    this.outside =
        system.systemActorOf(
            Behaviors.<T>receiveMessage(
                message -> {
                  room.get()
                      .ifPresentOrElse(
                          inside -> inside.tell(message),
                          () -> log.debug("{} is not open yet; dropped a message", name));
                  return Behaviors.same();
                }),
            "door-" + name,
            Props.empty());
  }

  /** What to hand out; it works from now on and for good. */
  ActorRef<T> outside() {
    return outside;
  }

  void open(ActorRef<T> inside) {
    room.set(Optional.of(inside));
  }
}
