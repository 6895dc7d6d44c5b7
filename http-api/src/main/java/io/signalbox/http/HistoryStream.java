package io.signalbox.http;

import io.signalbox.http.wire.Responses;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.view.ViewQuery;
import io.signalbox.protocol.view.ViewQuery.HistoryEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * A run's history as Server-Sent Events: from a number on, then live, done when the run has ended.
 * Looks at the journal again and again, more slowly while the run is quiet; a slow reader slows the
 * looking.
 */
final class HistoryStream {
  private static final int BATCH = 200;
  private static final int MOST_FAILURES = 12;
  private static final ByteString BEGINNING = ByteString.fromString("retry: 1000\n\n");
  private static final ByteString HEARTBEAT = ByteString.fromString(": still here\n\n");

  private final ActorSystem<?> system;
  private final Rooms rooms;
  private final HttpSettings settings;

  /** How far the stream has come. */
  private record Place(long after, Duration pause, boolean ended, int failures) {}

  HistoryStream(ActorSystem<?> system, Rooms rooms, HttpSettings settings) {
    this.system = system;
    this.rooms = rooms;
    this.settings = settings;
  }

  Source<ByteString, NotUsed> of(RunId run, long after) {
    Place beginning = new Place(after, settings.poll(), false, 0);
    return Source.<Place, List<HistoryEvent>>unfoldAsync(beginning, place -> next(run, place))
        .<HistoryEvent>mapConcat(batch -> batch)
        .map(HistoryStream::event)
        .prepend(Source.single(BEGINNING))
        .keepAlive(settings.heartbeat(), () -> HEARTBEAT);
  }

  private CompletionStage<Optional<Pair<Place, List<HistoryEvent>>>> next(RunId run, Place place) {
    if (place.ended()) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return rooms
        .views()
        .ask(
            ViewQuery.Reply.Events.class,
            to -> new ViewQuery.History(run, place.after(), BATCH, to))
        .thenCompose(events -> whole(run, events))
        .thenCompose(events -> step(place, events))
        .exceptionallyCompose(failure -> again(place, failure));
  }

  private CompletionStage<ViewQuery.Reply.Events> whole(RunId run, ViewQuery.Reply.Events events) {
    return rooms.shown().of(run.tenant(), events);
  }

  private CompletionStage<Optional<Pair<Place, List<HistoryEvent>>>> step(
      Place place, ViewQuery.Reply.Events events) {
    List<HistoryEvent> items = events.items();
    if (items.isEmpty() && !events.ended()) {
      return later(place.pause(), new Place(place.after(), longer(place.pause()), false, 0));
    }
    long reached = items.isEmpty() ? place.after() : items.getLast().seq();
    Place next = new Place(reached, settings.poll(), events.ended(), 0);
    return CompletableFuture.completedStage(Optional.of(Pair.create(next, items)));
  }

  /** The journal is away for a moment: the reader is kept, up to a point. */
  private CompletionStage<Optional<Pair<Place, List<HistoryEvent>>>> again(
      Place place, Throwable failure) {
    if (place.failures() >= MOST_FAILURES) {
      return CompletableFuture.failedStage(failure);
    }
    Duration pause = settings.pollMost();
    return later(pause, new Place(place.after(), pause, false, place.failures() + 1));
  }

  private CompletionStage<Optional<Pair<Place, List<HistoryEvent>>>> later(
      Duration pause, Place place) {
    Optional<Pair<Place, List<HistoryEvent>>> nothing = Optional.of(Pair.create(place, List.of()));
    return Patterns.after(pause, system, () -> CompletableFuture.completedStage(nothing));
  }

  private Duration longer(Duration pause) {
    Duration grown = pause.multipliedBy(3).dividedBy(2);
    return grown.compareTo(settings.pollMost()) > 0 ? settings.pollMost() : grown;
  }

  private static ByteString event(HistoryEvent event) {
    String head = "id: " + event.seq() + "\nevent: " + event.type() + "\ndata: ";
    String data = new String(Responses.bytes(event), StandardCharsets.UTF_8);
    return ByteString.fromString(head + data + "\n\n");
  }
}
