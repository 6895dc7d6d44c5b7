package io.signalbox.http;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Responses;
import io.signalbox.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Whether the process lives, has ever been ready, and is ready now. Open to all. */
final class HealthRoutes {
  private final Supplier<List<HealthCheck>> checks;
  private final BooleanSupplier serving;
  private final AtomicBoolean started = new AtomicBoolean();

  HealthRoutes(Supplier<List<HealthCheck>> checks, BooleanSupplier serving) {
    this.checks = checks;
    this.serving = serving;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/health/live", _ -> answer(List.of(), true)).open(),
        Endpoint.get("/health/ready", _ -> ready()).open(),
        Endpoint.get("/health/started", _ -> started()).open());
  }

  private CompletionStage<Answer> ready() {
    List<HealthCheck> all = all();
    return answer(all, all.stream().allMatch(HealthCheck::up));
  }

  private CompletionStage<Answer> started() {
    List<HealthCheck> all = all();
    if (all.stream().allMatch(HealthCheck::up)) {
      started.set(true);
    }
    return answer(all, started.get());
  }

  private List<HealthCheck> all() {
    List<HealthCheck> all = new ArrayList<>(checks.get());
    boolean open = serving.getAsBoolean();
    all.add(new HealthCheck("api", open, open ? "" : "the gateway is starting"));
    return all;
  }

  private static CompletionStage<Answer> answer(List<HealthCheck> checks, boolean up) {
    ObjectNode body = Json.object().put("status", word(up));
    ArrayNode list = body.putArray("checks");
    for (HealthCheck check : checks) {
      ObjectNode line = list.addObject().put("name", check.name());
      line.put("status", word(check.up()));
      if (!check.detail().isEmpty()) {
        line.put("detail", check.detail());
      }
    }
    HttpResponse response =
        HttpResponse.create()
            .withStatus(up ? 200 : 503)
            .withEntity(ContentTypes.APPLICATION_JSON, Responses.bytes(body));
    return completedStage(
        new Answer.Other(up ? response : response.addHeader(RawHeader.create("Retry-After", "1"))));
  }

  private static String word(boolean up) {
    return up ? "up" : "down";
  }
}
