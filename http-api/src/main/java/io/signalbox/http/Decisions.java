package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.access.Principal;
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

  Decisions(Rooms rooms) {
    this.rooms = rooms;
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
                    to));
  }
}
