package io.signalbox.http;

import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Pages;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.view.ViewQuery;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Workflows that are started by time, and when they are due. */
final class ScheduleRoutes {
  private final Rooms rooms;

  ScheduleRoutes(Rooms rooms) {
    this.rooms = rooms;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/v1/schedules", this::list));
  }

  private CompletionStage<Answer> list(Call call) {
    int limit = Pages.limit(call);
    return rooms
        .views()
        .ask(
            ViewQuery.Reply.Schedules.class,
            to -> new ViewQuery.ListSchedules(call.tenant(), limit, Pages.cursor(call), to))
        .thenApply(
            page ->
                Pages.page(
                    Narrowed.byNamespace(call, page.items(), it -> it.workflow().namespace())
                        .stream()
                        .map(Json::tree)
                        .toList(),
                    page.nextCursor()));
  }
}
