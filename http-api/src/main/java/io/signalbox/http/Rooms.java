package io.signalbox.http;

import io.signalbox.http.wire.Door;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.access.AccessCommand;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.event.EventCommand;
import io.signalbox.protocol.notify.LinkCommand;
import io.signalbox.protocol.view.ViewQuery;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/** The doors of the other rooms, with this room's patience. */
record Rooms(
    Door<CatalogCommand, CatalogReply> catalog,
    Door<EventCommand, EventCommand.Reply> events,
    Door<ViewQuery, ViewQuery.Reply> views,
    Door<AccessCommand, AccessCommand.Reply> access,
    Door<LinkCommand, LinkCommand.Reply> links,
    Runs runs,
    Shown shown) {

  static Rooms behind(Doors doors, ActorSystem<?> system, HttpSettings settings) {
    return new Rooms(
        door(
            doors.catalog(),
            reply ->
                reply instanceof CatalogReply.Refused(Refusal why)
                    ? Optional.of(why)
                    : Optional.empty(),
            system,
            settings),
        door(
            doors.events(),
            reply ->
                reply instanceof EventCommand.Reply.Refused(Refusal why)
                    ? Optional.of(why)
                    : Optional.empty(),
            system,
            settings),
        door(
            doors.views(),
            reply ->
                reply instanceof ViewQuery.Reply.Refused(Refusal why)
                    ? Optional.of(why)
                    : Optional.empty(),
            system,
            settings),
        door(
            doors.access(),
            reply ->
                reply instanceof AccessCommand.Reply.Refused(Refusal why)
                    ? Optional.of(why)
                    : Optional.empty(),
            system,
            settings),
        door(doors.links(), _ -> Optional.empty(), system, settings),
        new Runs(system, doors.blobs(), settings.patience()),
        new Shown(doors.blobs(), settings.showMost()));
  }

  private static <Q, A> Door<Q, A> door(
      ActorRef<Q> behind,
      Function<A, Optional<Refusal>> refusal,
      ActorSystem<?> system,
      HttpSettings settings) {
    return new Door<>(behind, refusal, settings.patience(), system.scheduler());
  }
}
