package io.signalbox.protocol.approval;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An approval given in advance: this tool, with arguments such as these, until then.
 *
 * @param agent only when this agent calls it; absent for every caller
 * @param arguments a JSON Schema for each argument: a call is covered only if it has exactly these
 *     arguments and each fits
 * @param grantedBy who answers for it; whose own requests it does not cover
 * @param ownToo whether it covers those as well: given by the one person of local mode
 */
public record StandingGrant(
    String id,
    String tool,
    Optional<String> agent,
    Map<String, JsonNode> arguments,
    Instant until,
    Optional<String> reason,
    String grantedBy,
    boolean ownToo) {
  public StandingGrant {
    arguments = Map.copyOf(arguments);
  }
}
