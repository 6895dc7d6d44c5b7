package io.signalbox.http;

import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Pages;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.view.ViewQuery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;

/** A run's history: page by page, or as a stream that goes on live until the run ends. */
final class HistoryRoutes {
  private final Rooms rooms;
  private final HistoryStream stream;

  HistoryRoutes(Rooms rooms, HistoryStream stream) {
    this.rooms = rooms;
    this.stream = stream;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/v1/runs/{id}/history", this::history));
  }

  private CompletionStage<? extends Answer> history(Call call) {
    RunId run = RunIds.seek(call);
    boolean streamed = call.header("Accept").orElse("").contains("text/event-stream");
    long after =
        streamed ? resumed(call) : Pages.number(call, "after", cursor(call), 0, Long.MAX_VALUE);
    int limit = Pages.limit(call);
    // the run's own entity says whether the run is there
    return rooms
        .runs()
        .get(run)
        .thenCompose(_ -> streamed ? stream(run, after) : page(run, after, limit));
  }

  private static long cursor(Call call) {
    return Pages.number(call, "cursor", 0, 0, Long.MAX_VALUE);
  }

  private static long resumed(Call call) {
    return call.header("Last-Event-ID")
        .map(
            id -> {
              try {
                return Math.max(0, Long.parseLong(id.strip()));
              } catch (NumberFormatException _) {
                throw Problem.invalid("Last-Event-ID must be the id of an event of this stream");
              }
            })
        .orElseGet(() -> Pages.number(call, "after", 0, 0, Long.MAX_VALUE));
  }

  private CompletionStage<Answer> page(RunId run, long after, int limit) {
    return rooms
        .views()
        .ask(ViewQuery.Reply.Events.class, to -> new ViewQuery.History(run, after, limit, to))
        .thenApply(
            events -> {
              boolean more = events.items().size() >= limit;
              Optional<String> next =
                  more
                      ? Optional.of(Long.toString(events.items().getLast().seq()))
                      : Optional.empty();
              return Pages.page(events.items().stream().map(Json::tree).toList(), next);
            });
  }

  private CompletionStage<Answer> stream(RunId run, long after) {
    var entity =
        HttpEntities.createChunked(
            MediaTypes.TEXT_EVENT_STREAM.toContentType(), stream.of(run, after));
    return CompletableFuture.completedStage(
        new Answer.Other(HttpResponse.create().withEntity(entity)));
  }
}
