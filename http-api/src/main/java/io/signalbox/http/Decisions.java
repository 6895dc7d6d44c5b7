package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Problem;
import io.signalbox.http.wire.Problems;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.audit.AuditNote;
import io.signalbox.protocol.audit.Trail;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.RunCommand;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Brings people's decisions to the run that asks, which judges them; by whatever way they came.
 * What is refused is told to the audit trail.
 */
final class Decisions {
  private final Rooms rooms;
  private final Trail trail;

  Decisions(Rooms rooms, Trail trail) {
    this.rooms = rooms;
    this.trail = trail;
  }

  /**
   * What somebody decided.
   *
   * @param arguments those that the call is to have instead
   * @param argumentsHash of the arguments they have seen
   * @param via the channel it came through, where it was not the API
   */
  record Decision(
      String word,
      Principal by,
      Optional<String> reason,
      Optional<JsonNode> arguments,
      Optional<String> argumentsHash,
      Optional<String> via) {}

  CompletionStage<ApprovalView> decide(RunId run, String approval, Decision it) {
    return rooms
        .runs()
        .approval(
            run,
            it.arguments(),
            (arguments, to) ->
                new RunCommand.Decide(
                    approval,
                    it.word(),
                    it.by(),
                    it.reason(),
                    arguments,
                    it.argumentsHash(),
                    it.via(),
                    to))
        .whenComplete(
            (_, failure) -> {
              if (failure != null) {
                refused(run, approval, it, failure);
              }
            });
  }

  /** A link that opened nothing was tried; nobody knows by whom. */
  void tried(String tenant, String rule, String what) {
    trail.tell(
        AuditNote.refused(tenant, "unknown", "approval.decide", "link", rule).with("why", what));
  }

  /** A delivery from Slack was genuine, but who pressed the button is nobody here. */
  void unmapped(String tenant, String who, String approval, String why) {
    trail.tell(
        AuditNote.refused(
                tenant, who, "approval.decide", "approval:" + approval, "approval-mapping")
            .with("why", why));
  }

  private void refused(RunId run, String approval, Decision it, Throwable failure) {
    Problem problem = Problems.of(failure);
    if (problem.status() >= 500) {
      return; // nothing was decided, and it may be tried again
    }
    JsonNode told = problem.answer("").body().orElseThrow();
    AuditNote note =
        AuditNote.refused(
            run.tenant(),
            it.by().id(),
            "approval.decide",
            "approval:" + approval,
            told.path("rule").asText("approval-" + problem.status()));
    trail.tell(
        note.with("why", problem.detail())
            .with("decision", it.word())
            .with("via", it.via().orElse("api"))
            .with("run", run.id()));
  }
}
