package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.RunView;
import io.signalbox.protocol.run.WorkflowError;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Tool calls and messages to agents: hidden runs of a one-task workflow of the gateway's own,
 * waited for, and answered as if there were no run.
 */
final class OneTask {
  private static final Duration LIMITED = Duration.ofSeconds(10);

  private final Rooms rooms;
  private final Starter starter;
  private final Duration patience;

  OneTask(Rooms rooms, Starter starter, Duration patience) {
    this.rooms = rooms;
    this.starter = starter;
    this.patience = patience;
  }

  /** {@code done} makes the answer of a run that completed. */
  CompletionStage<Answer> run(
      Call call, String workflow, JsonNode input, Function<RunView, Answer> done) {
    return starter
        .start(call, Starter.Wanted.builtin(workflow, input))
        .thenCompose(run -> rooms.runs().settled(new RunId(call.tenant(), run.id()), patience))
        .thenCompose(run -> rooms.runs().whole(new RunId(call.tenant(), run.id()), run))
        .thenApply(
            run ->
                switch (run.status()) {
                  case COMPLETED -> done.apply(run);
                  case FAULTED, CANCELLED -> throw failed(run);
                  case PENDING, RUNNING, WAITING, SUSPENDED -> pending(run);
                });
  }

  private static Answer pending(RunView run) {
    ObjectNode body = Json.object().put("run", run.id()).put("status", run.status().text());
    body.set("waitingFor", Json.tree(run.waitingFor()));
    run.waitingFor().stream()
        .filter(it -> it.kind().equals("approval"))
        .flatMap(it -> it.id().stream())
        .findFirst()
        .ifPresent(id -> body.put("approvalId", id));
    return Answer.accepted(body).withHeader("Location", "/v1/runs/" + run.id());
  }

  private static Problem failed(RunView run) {
    Problem problem =
        run.error()
            .map(OneTask::problem)
            .orElseGet(() -> Problem.conflict("the call was cancelled before it was done"));
    return problem.with("run", TextNode.valueOf(run.id()));
  }

  /**
   * What the gateway itself refused keeps its status; what went wrong outside is a bad gateway. The
   * judge titles its own refusals, and here the only ones are of guardrails and
   * of held calls that nobody approved.
   */
  private static Problem problem(WorkflowError error) {
    String kind = error.type().substring(error.type().lastIndexOf('/') + 1);
    String detail = error.title() + error.detail().map(more -> ": " + more).orElse("");
    if (error.status() == 429) {
      return Problem.of(429, "limited", "Limited", detail).retryAfter(LIMITED);
    }
    if (error.status() == 403 && error.title().equals("Not allowed")) {
      return Problem.of(403, "not-allowed", "Not permitted", detail)
          .with("rule", TextNode.valueOf(rule(error)));
    }
    if (kind.equals("validation")) {
      return error.status() == 404 ? Problem.notFound(detail) : Problem.invalid(detail);
    }
    return Problem.of(502, "bad-gateway", "The call failed", detail);
  }

  /** A guardrail names itself in what it says. */
  private static String rule(WorkflowError error) {
    String detail = error.detail().orElse("");
    int colon = detail.indexOf(':');
    return detail.startsWith("guardrail ") && colon > 0
        ? "guardrail:" + detail.substring("guardrail ".length(), colon)
        : "tool-approvers";
  }
}
