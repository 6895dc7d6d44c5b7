package io.signalbox.http;

import static java.util.concurrent.CompletableFuture.completedStage;

import io.signalbox.http.wire.Call;
import io.signalbox.protocol.view.ViewQuery;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Leaves out of a page what lies in namespaces where its reader may not look. A page may so have
 * fewer lines than were asked for, and still a next one.
 */
final class Narrowed {
  private Narrowed() {}

  static <T> List<T> byNamespace(Call call, List<T> items, Function<T, String> namespace) {
    return Reach.everywhere(call)
        ? items
        : items.stream().filter(it -> Reach.sees(call, namespace.apply(it))).toList();
  }

  /** By the namespace of the run that each belongs to; what belongs to none is left out too. */
  static <T> CompletionStage<List<T>> byRun(
      Rooms rooms, Call call, List<T> items, Function<T, String> run) {
    if (Reach.everywhere(call) || items.isEmpty()) {
      return completedStage(items);
    }
    List<String> runs = items.stream().map(run).distinct().toList();
    return rooms
        .views()
        .ask(ViewQuery.Reply.Placed.class, to -> new ViewQuery.Places(call.tenant(), runs, to))
        .thenApply(
            placed ->
                items.stream()
                    .filter(
                        it -> {
                          String namespace = placed.namespaces().get(run.apply(it));
                          return namespace != null && Reach.sees(call, namespace);
                        })
                    .toList());
  }
}
