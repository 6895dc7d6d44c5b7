package io.signalbox.protocol.approval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What a question to people is bound by beyond its approvers; kept with the question, so that a
 * policy that changes later does not change what was asked.
 *
 * @param rule what made the gateway ask
 * @param reasonRequired whether a decision needs a reason
 * @param neverBy who may not decide though an approver: {@code user:ID} or {@code role:NAME}
 * @param delegable whether an approver may hand the question on
 * @param why what the rule found, for the people who are asked
 */
public record Terms(
    Optional<String> rule,
    boolean reasonRequired,
    List<String> neverBy,
    boolean delegable,
    Optional<JsonNode> why) {
  /** Nothing but the approvers. */
  public static final Terms NONE =
      new Terms(Optional.empty(), false, List.of(), true, Optional.empty());

  public Terms {
    neverBy = List.copyOf(neverBy);
  }
}
