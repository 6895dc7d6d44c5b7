package io.signalbox.http;

import static java.util.concurrent.CompletableFuture.failedStage;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Pages;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunCommand.Handling;
import io.signalbox.protocol.view.ViewQuery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Approvals: what is asked, and people's decisions. The run that asks is the judge of both. */
final class ApprovalRoutes {
  private static final List<String> STATUSES =
      List.of("open", "approved", "rejected", "expired", "withdrawn");
  private static final List<String> DECISIONS = List.of("approve", "reject");

  private static final int LONGEST = 2000;

  private final Rooms rooms;
  private final Decisions decisions;

  ApprovalRoutes(Rooms rooms, Decisions decisions) {
    this.rooms = rooms;
    this.decisions = decisions;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/approvals", this::list),
        Endpoint.get("/v1/approvals/{id}", this::get),
        Endpoint.post("/v1/approvals/{id}/decisions", this::decide).needs("approval:decide"),
        Endpoint.post("/v1/approvals/{id}/claim", this::claim),
        Endpoint.delete("/v1/approvals/{id}/claim", this::release),
        Endpoint.post("/v1/approvals/{id}/delegations", this::delegate));
  }

  private CompletionStage<Answer> list(Call call) {
    int limit = Pages.limit(call);
    Optional<String> status = Pages.choice(call, "status", STATUSES);
    return rooms
        .views()
        .ask(
            ViewQuery.Reply.Approvals.class,
            to -> new ViewQuery.ListApprovals(call.tenant(), status, limit, Pages.cursor(call), to))
        .thenCompose(
            page ->
                Narrowed.byRun(rooms, call, page.items(), ApprovalView::run)
                    .thenApply(
                        items ->
                            Pages.page(
                                items.stream().map(Json::tree).toList(), page.nextCursor())));
  }

  private CompletionStage<Answer> get(Call call) {
    String id = call.path("id");
    return rooms
        .runs()
        .approval(run(call, id), to -> new RunCommand.GetApproval(id, to))
        .<Answer>thenApply(Answer::ok)
        .exceptionallyCompose(
            failure -> Problem.is(404, failure) ? settled(call, id) : failedStage(failure));
  }

  /** The run knows only what it is asking now; what is settled is told by the journal's view. */
  private CompletionStage<Answer> settled(Call call, String id) {
    return rooms
        .views()
        .ask(
            ViewQuery.Reply.Approvals.class, to -> new ViewQuery.GetApproval(call.tenant(), id, to))
        .thenApply(
            page ->
                page.items().stream()
                    .findFirst()
                    .<Answer>map(Answer::ok)
                    .orElseThrow(() -> Problem.notFound("there is no approval " + id)));
  }

  private CompletionStage<Answer> decide(Call call) {
    String id = call.path("id");
    Fields fields = Fields.of(call.json());
    fields.need("decision");
    String decision = fields.choice("decision", DECISIONS);
    Optional<String> reason = fields.text("reason").map(ApprovalRoutes::bounded);
    Optional<JsonNode> arguments = fields.object("arguments");
    Optional<String> hash = fields.text("argumentsHash");
    fields.check();
    return decisions
        .decide(
            run(call, id),
            id,
            new Decisions.Decision(decision, call.by(), reason, arguments, hash, Optional.empty()))
        .thenApply(Answer::ok);
  }

  private CompletionStage<Answer> claim(Call call) {
    return handle(call, Handling.CLAIM, Optional.empty(), Optional.empty());
  }

  private CompletionStage<Answer> release(Call call) {
    return handle(call, Handling.RELEASE, Optional.empty(), Optional.empty());
  }

  private CompletionStage<Answer> delegate(Call call) {
    Fields fields = Fields.of(call.json());
    String to = fields.need("to");
    Optional<String> reason = fields.text("reason").map(ApprovalRoutes::bounded);
    fields.check();
    return handle(call, Handling.DELEGATE, Optional.of(to), reason);
  }

  private CompletionStage<Answer> handle(
      Call call, Handling how, Optional<String> to, Optional<String> reason) {
    String id = call.path("id");
    return rooms
        .runs()
        .approval(run(call, id), ref -> new RunCommand.Handle(id, how, call.by(), to, reason, ref))
        .thenApply(Answer::ok);
  }

  private static String bounded(String reason) {
    return reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason;
  }

  private static RunId run(Call call, String id) {
    return ApprovalIds.run(call.tenant(), id);
  }
}
