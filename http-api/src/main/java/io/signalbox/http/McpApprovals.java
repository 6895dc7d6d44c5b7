package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunView;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Has the client behind a call ask its user for the decision that the call waits for, where that
 * user may decide it: never somebody else's, and never the requester's own. The run is the judge of
 * the answer, as of any.
 */
final class McpApprovals {
  private final Rooms rooms;
  private final Decisions decisions;

  McpApprovals(Rooms rooms, Decisions decisions) {
    this.rooms = rooms;
    this.decisions = decisions;
  }

  /** The approval that the run waits for, if it waits for one. */
  static Optional<String> of(RunView run) {
    return run.waitingFor().stream()
        .filter(it -> it.kind().equals("approval"))
        .flatMap(it -> it.id().stream())
        .findFirst();
  }

  /** Whether a client of these capabilities shows its user a form. */
  static boolean canAsk(JsonNode capabilities) {
    JsonNode elicitation = capabilities.path("elicitation");
    return elicitation.isObject() && (elicitation.isEmpty() || elicitation.has("form"));
  }

  /** The approval that the run waits for, where this caller may be asked about it. */
  CompletionStage<Optional<ApprovalView>> askable(Call call, JsonNode capabilities, RunView run) {
    Optional<String> id = of(run);
    if (id.isEmpty() || !canAsk(capabilities)) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return rooms
        .runs()
        .approval(
            new RunId(call.tenant(), run.id()), to -> new RunCommand.GetApproval(id.get(), to))
        .thenApply(it -> Optional.of(it).filter(a -> mayDecide(a, call.by())))
        .exceptionallyCompose(
            failure ->
                Problem.is(404, failure)
                    ? CompletableFuture.completedStage(Optional.empty())
                    : CompletableFuture.failedStage(failure));
  }

  private static boolean mayDecide(ApprovalView approval, Principal by) {
    return approval.status().equals("open")
        && by.rights().anywhere("approval:decide")
        && (by.localAdmin()
            || (!by.id().equals(approval.requestedBy())
                && approval.bound().neverBy().stream().noneMatch(by::matches)
                && approval.approvers().stream().anyMatch(by::matches)));
  }

  /** What is asked: the parameters of {@code elicitation/create}. */
  static ObjectNode form(ApprovalView approval) {
    ObjectNode form = Json.object();
    String what =
        approval
            .tool()
            .map(
                tool ->
                    "The tool %s is to be called with %s."
                        .formatted(tool, approval.arguments().orElseGet(Json::object)))
            .orElse(approval.title());
    form.put("message", what + " Approve it? (" + approval.id() + ")");
    ObjectNode schema = form.putObject("requestedSchema").put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties
        .putObject("decision")
        .put("type", "string")
        .put("title", "Decision")
        .putArray("enum")
        .add("approve")
        .add("reject");
    properties.putObject("reason").put("type", "string").put("title", "Reason");
    var required = schema.putArray("required").add("decision");
    if (approval.bound().reasonRequired()) {
      required.add("reason");
    }
    return form;
  }

  /** Takes the user's answer to the form; whoever does not answer has not decided. */
  CompletionStage<Boolean> decided(Call call, ApprovalView approval, JsonNode answer) {
    if (!answer.path("action").asText().equals("accept")) {
      return CompletableFuture.completedStage(false);
    }
    JsonNode content = answer.path("content");
    return decisions
        .decide(
            new RunId(call.tenant(), approval.run()),
            approval.id(),
            new Decisions.Decision(
                content.path("decision").asText(),
                call.by(),
                Optional.of(content.path("reason").asText()).filter(it -> !it.isBlank()),
                Optional.empty(),
                approval.argumentsHash(),
                Optional.of("mcp")))
        .thenApply(_ -> true);
  }
}
