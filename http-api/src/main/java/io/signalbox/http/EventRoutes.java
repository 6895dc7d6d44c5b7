package io.signalbox.http;

import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.event.EventCommand;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** CloudEvents in, on their way to whoever listens. */
final class EventRoutes {
  private final Rooms rooms;
  private final InstantSource clock;

  EventRoutes(Rooms rooms, InstantSource clock) {
    this.rooms = rooms;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.post("/v1/events", this::publish));
  }

  private CompletionStage<Answer> publish(Call call) {
    List<CloudEvent> events = CloudEvents.read(call, clock.instant());
    return rooms
        .events()
        .ask(
            EventCommand.Reply.Accepted.class,
            to -> new EventCommand.Publish(call.tenant(), events, to))
        .thenApply(
            accepted ->
                Answer.accepted(
                    Json.object().put("accepted", events.size()).put("fresh", accepted.fresh())));
  }
}
