package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Problem;
import io.signalbox.http.wire.Problems;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunView;
import io.signalbox.protocol.run.StartRun;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Starts runs: finds the workflow, pins its digest, orders the run's entity to begin. */
final class Starter {
  private final Rooms rooms;
  private final InstantSource clock;

  Starter(Rooms rooms, InstantSource clock) {
    this.rooms = rooms;
    this.clock = clock;
  }

  /** What is to be started; without a version the newest. */
  record Wanted(
      String namespace,
      String name,
      Optional<String> version,
      JsonNode input,
      Map<String, String> labels,
      Optional<String> id,
      boolean hidden) {
    Wanted {
      labels = Map.copyOf(labels);
    }

    /** A run of one of the gateway's own one-task workflows. */
    static Wanted builtin(String name, JsonNode input) {
      return new Wanted(
          "signalbox", name, Optional.empty(), input, Map.of(), Optional.empty(), true);
    }
  }

  CompletionStage<RunView> start(Call call, Wanted wanted) {
    return start(call, wanted, Optional.empty());
  }

  /** With a limit: the run once it has settled, or as it is when time is up. */
  CompletionStage<RunView> start(Call call, Wanted wanted, Optional<Duration> limit) {
    return rooms
        .catalog()
        .ask(
            CatalogReply.Found.class,
            to ->
                new CatalogCommand.GetWorkflow(
                    call.tenant(), wanted.namespace(), wanted.name(), wanted.version(), to))
        .thenCompose(found -> begin(call, wanted, found.resource(), limit));
  }

  private CompletionStage<RunView> begin(
      Call call, Wanted wanted, Resource workflow, Optional<Duration> limit) {
    StartRun order =
        new StartRun(
            new WorkflowRef(workflow.namespace(), workflow.name(), workflow.version()),
            workflow.digest(),
            wanted.input(),
            wanted.labels(),
            call.by().id(),
            wanted.hidden(),
            Optional.empty(),
            Optional.of(call.by().caller()));
    // with an Idempotency-Key the id follows from it, so a crash in the middle cannot act twice
    Optional<String> derived = wanted.id().isPresent() ? Optional.empty() : call.seed();
    RunId run =
        wanted
            .id()
            .or(() -> derived.map(RunIds::derived))
            .map(id -> new RunId(call.tenant(), id))
            .orElseGet(() -> rooms.runs().fresh(call.tenant(), RunIds.fresh(clock.millis())));
    return limit
        .map(it -> rooms.runs().settled(run, order, it))
        .orElseGet(() -> rooms.runs().ask(run, order, RunCommand.Start::new))
        .exceptionallyCompose(
            failure -> {
              Problem problem = Problems.of(failure);
              return derived.isPresent() && problem.status() == 409
                  ? limit
                      .map(it -> rooms.runs().settled(run, it))
                      .orElseGet(() -> rooms.runs().get(run))
                  : CompletableFuture.failedStage(problem);
            });
  }
}
