package io.signalbox.http;

import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Pages;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.event.DeadLetter;
import io.signalbox.protocol.event.EventCommand;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What could not be delivered: listed, and tried again when somebody says so. */
final class DeadLetterRoutes {
  private final Rooms rooms;

  DeadLetterRoutes(Rooms rooms) {
    this.rooms = rooms;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/dead-letters", this::list),
        Endpoint.post("/v1/dead-letters/{id}/resend", this::resend));
  }

  private CompletionStage<Answer> list(Call call) {
    int limit = Pages.limit(call);
    return rooms
        .events()
        .ask(
            EventCommand.Reply.DeadLetters.class,
            to -> new EventCommand.ListDeadLetters(call.tenant(), limit, Pages.cursor(call), to))
        .thenCompose(
            page ->
                Narrowed.byRun(rooms, call, page.items(), DeadLetter::run)
                    .thenApply(
                        items -> Pages.page(items.stream().map(Json::tree).toList(), page.next())));
  }

  private CompletionStage<Answer> resend(Call call) {
    String id = call.path("id");
    return rooms
        .events()
        .ask(EventCommand.Reply.Resent.class, to -> new EventCommand.Resend(call.tenant(), id, to))
        .thenApply(_ -> Answer.accepted(Json.object().put("id", id)));
  }
}
