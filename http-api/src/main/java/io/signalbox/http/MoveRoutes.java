package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Problem;
import io.signalbox.http.wire.Problems;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.run.ForkRun;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunView;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Moving a run to another version of its workflow, and forking it from any of its turns. */
final class MoveRoutes {
  private final Rooms rooms;
  private final InstantSource clock;

  MoveRoutes(Rooms rooms, InstantSource clock) {
    this.rooms = rooms;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/v1/runs/{id}/migrate", this::migrate),
        Endpoint.post("/v1/runs/{id}/fork", this::fork));
  }

  private record Pinned(WorkflowRef ref, String digest) {}

  private CompletionStage<Answer> migrate(Call call) {
    RunId run = RunIds.take(call);
    Fields fields = Fields.of(call.json());
    String version = fields.need("workflowVersion");
    Optional<JsonNode> dryRun = fields.any("dryRun");
    if (dryRun.isPresent() && !dryRun.get().isBoolean()) {
      fields.fault("dryRun", "must be true or false");
    }
    fields.check();
    return rooms
        .runs()
        .get(run)
        .thenCompose(view -> version(call, view, version))
        .thenCompose(
            to ->
                rooms
                    .runs()
                    .ask(
                        run,
                        replyTo ->
                            new RunCommand.Migrate(
                                to.ref(),
                                to.digest(),
                                dryRun.map(JsonNode::booleanValue).orElse(false),
                                call.by().id(),
                                replyTo)))
        .thenApply(Answer::ok);
  }

  private CompletionStage<Pinned> version(Call call, RunView view, String version) {
    return rooms
        .catalog()
        .ask(
            CatalogReply.Found.class,
            to ->
                new CatalogCommand.GetWorkflow(
                    call.tenant(),
                    view.workflow().namespace(),
                    view.workflow().name(),
                    Optional.of(version),
                    to))
        .thenApply(
            found ->
                new Pinned(
                    new WorkflowRef(
                        found.resource().namespace(),
                        found.resource().name(),
                        found.resource().version()),
                    found.resource().digest()));
  }

  private CompletionStage<Answer> fork(Call call) {
    RunId from = RunIds.take(call);
    Fields fields = Fields.of(call.json());
    int atSeq = fields.integer("atSeq", 0, 1, Integer.MAX_VALUE);
    Optional<JsonNode> input = fields.any("input");
    Optional<JsonNode> context = fields.any("context");
    Optional<String> version = fields.text("workflowVersion");
    if (call.json().path("atSeq").isMissingNode()) {
      fields.fault("atSeq", "is required");
    }
    fields.check();
    // with an Idempotency-Key the id follows from it, so a crash in the middle cannot act twice
    Optional<String> derived = call.seed().map(RunIds::derived);
    RunId fork = new RunId(call.tenant(), derived.orElseGet(() -> RunIds.fresh(clock.millis())));
    return rooms
        .runs()
        .get(from)
        .thenCompose(
            view ->
                version
                    .map(wanted -> version(call, view, wanted).thenApply(Optional::of))
                    .orElseGet(() -> CompletableFuture.completedStage(Optional.empty())))
        .thenCompose(
            to ->
                rooms
                    .runs()
                    .ask(
                        fork,
                        replyTo ->
                            new RunCommand.Fork(
                                new ForkRun(
                                    from.id(),
                                    atSeq,
                                    to.map(Pinned::digest),
                                    input,
                                    context,
                                    call.by().id(),
                                    Optional.of(call.by().caller())),
                                replyTo)))
        .exceptionallyCompose(failure -> again(failure, derived.isPresent(), fork))
        .thenApply(run -> Answer.created("/v1/runs/" + run.id(), run));
  }

  /** The same request was here before the answer to it was kept. */
  private CompletionStage<RunView> again(Throwable failure, boolean derived, RunId fork) {
    Problem problem = Problems.of(failure);
    return derived && problem.status() == 409
        ? rooms.runs().get(fork).exceptionallyCompose(_ -> CompletableFuture.failedStage(problem))
        : CompletableFuture.failedStage(problem);
  }
}
