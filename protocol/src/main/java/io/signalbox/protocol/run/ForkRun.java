package io.signalbox.protocol.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.access.Caller;
import java.util.Optional;

/**
 * Everything a run needs to begin as a copy of another one of its tenant.
 *
 * @param from the other run's id
 * @param atSeq all is shared up to the end of the turn with this history number
 * @param digest of the definition it goes on with, if it is to be another one
 * @param input the run's input, if it is to be another one
 * @param context the same for {@code $context}
 * @param by the principal's id, which is the requester of the run's approvals from here on
 * @param caller whose credential asked for it, and with what roles
 */
public record ForkRun(
    String from,
    long atSeq,
    Optional<String> digest,
    Optional<JsonNode> input,
    Optional<JsonNode> context,
    String by,
    Optional<Caller> caller) {
  /** The other run. */
  public RunId source(RunId fork) {
    return new RunId(fork.tenant(), from);
  }
}
