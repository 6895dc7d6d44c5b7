package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Names;
import io.signalbox.http.wire.Pages;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.quota.Budget;
import io.signalbox.protocol.quota.QuotaCommand;
import io.signalbox.protocol.quota.QuotaReply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/** Budgets and limits: set, look at, with what has been drawn, and take away. */
final class BudgetRoutes {
  private static final String KIND = "budget";

  private final Rooms rooms;
  private final Named budgets;
  private final ClusterSharding sharding;
  private final Duration patience;

  BudgetRoutes(Rooms rooms, ActorSystem<?> system, Duration patience) {
    this.rooms = rooms;
    this.budgets = new Named(rooms, KIND);
    this.sharding = ClusterSharding.get(system);
    this.patience = patience;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/budgets", this::list).admin(),
        Endpoint.get("/v1/budgets/{name}", this::get).admin(),
        Endpoint.put("/v1/budgets/{name}", this::put).admin(),
        Endpoint.delete("/v1/budgets/{name}", this::delete).admin());
  }

  private CompletionStage<Answer> list(Call call) {
    int limit = Pages.limit(call);
    return rooms
        .catalog()
        .ask(
            CatalogReply.Page.class,
            to -> new CatalogCommand.List(call.tenant(), KIND, limit, Pages.cursor(call), to))
        .thenApply(
            page ->
                Pages.page(
                    page.items().stream().map(BudgetRoutes::shown).toList(), page.nextCursor()));
  }

  private CompletionStage<Answer> get(Call call) {
    String name = Names.seek(KIND, call.path("name"));
    return budgets
        .find(call, name)
        .thenCompose(
            resource ->
                quota(call, QuotaReply.Gauges.class, to -> new QuotaCommand.Show(name, to))
                    .thenApply(gauges -> Answer.ok(BudgetText.with(shown(resource), gauges))));
  }

  private CompletionStage<Answer> put(Call call) {
    String name = Names.take(KIND, call.path("name"));
    Fields fields = Fields.of(call.json());
    Named.header(fields, name);
    Budget budget = BudgetText.read(name, fields);
    return rooms
        .catalog()
        .ask(
            CatalogReply.Kept.class,
            to -> new CatalogCommand.Put(call.tenant(), KIND, name, Json.tree(budget), to))
        .thenApply(
            kept -> {
              ObjectNode body = shown(kept.resource());
              return kept.created() ? Answer.created("/v1/budgets/" + name, body) : Answer.ok(body);
            });
  }

  /** A budget of the same name that is made later begins with nothing drawn. */
  private CompletionStage<Answer> delete(Call call) {
    String name = Names.take(KIND, call.path("name"));
    return budgets
        .delete(call)
        .thenCompose(
            gone ->
                quota(call, QuotaReply.Done.class, to -> new QuotaCommand.Drop(name, to))
                    .thenApply(_ -> gone));
  }

  private <T extends QuotaReply> CompletionStage<T> quota(
      Call call,
      Class<T> wanted,
      java.util.function.Function<org.apache.pekko.actor.typed.ActorRef<QuotaReply>, QuotaCommand>
          question) {
    return sharding
        .entityRefFor(QuotaCommand.KEY, call.tenant())
        .<QuotaReply>ask(question::apply, patience)
        .thenApply(
            reply -> {
              if (wanted.isInstance(reply)) {
                return wanted.cast(reply);
              }
              throw io.signalbox.http.wire.Problem.notReady(
                  "the keeper of quotas has too much to do", Duration.ofSeconds(2));
            });
  }

  private static ObjectNode shown(Resource it) {
    JsonNode body = it.body();
    return BudgetText.shown(Json.MAPPER.convertValue(body, Budget.class))
        .put("version", it.version())
        .put("digest", it.digest())
        .put("createdAt", it.createdAt().toString());
  }
}
