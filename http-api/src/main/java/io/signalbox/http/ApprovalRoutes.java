package io.signalbox.http;

import static java.util.concurrent.CompletableFuture.failedStage;

import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Pages;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.view.ViewQuery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Approvals: what is asked, and people's decisions. The run that asks is the judge of both. */
final class ApprovalRoutes {
  private static final List<String> STATUSES =
      List.of("open", "approved", "rejected", "expired", "withdrawn");
  private static final List<String> DECISIONS = List.of("approve", "reject");

  private static final Pattern ID = Pattern.compile("([A-Za-z0-9._-]{1,128})-\\d{1,18}");

  private final Rooms rooms;

  ApprovalRoutes(Rooms rooms) {
    this.rooms = rooms;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/approvals", this::list),
        Endpoint.get("/v1/approvals/{id}", this::get),
        Endpoint.post("/v1/approvals/{id}/decisions", this::decide).needs("approval:decide"));
  }

  private CompletionStage<Answer> list(Call call) {
    int limit = Pages.limit(call);
    Optional<String> status = Pages.choice(call, "status", STATUSES);
    return rooms
        .views()
        .ask(
            ViewQuery.Reply.Approvals.class,
            to -> new ViewQuery.ListApprovals(call.tenant(), status, limit, Pages.cursor(call), to))
        .thenApply(
            page -> Pages.page(page.items().stream().map(Json::tree).toList(), page.nextCursor()));
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
    Optional<String> reason = fields.text("reason");
    fields.check();
    return rooms
        .runs()
        .approval(run(call, id), to -> new RunCommand.Decide(id, decision, call.by(), reason, to))
        .thenApply(Answer::ok);
  }

  /** An approval's id is its run's id, a dash and the history number of the question. */
  private static RunId run(Call call, String id) {
    Matcher parts = ID.matcher(id);
    if (!parts.matches()) {
      throw Problem.notFound("there is no approval of that id");
    }
    return new RunId(call.tenant(), parts.group(1));
  }
}
