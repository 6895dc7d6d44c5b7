package io.signalbox.protocol.approval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What a question to people is bound by beyond its approvers; kept with the question, so that a
 * policy that changes later does not change what was asked.
 *
 * @param rules what made the gateway ask: whose question this is
 * @param granted rules whose question about this call was answered before
 * @param reasonRequired whether a decision needs a reason
 * @param neverBy who may not decide though an approver: {@code user:ID} or {@code role:NAME}
 * @param delegable whether an approver may hand the question on
 * @param why what the rules found, for the people who are asked
 */
public record Terms(
    List<String> rules,
    List<String> granted,
    boolean reasonRequired,
    List<String> neverBy,
    boolean delegable,
    Optional<JsonNode> why) {
  /** Nothing but the approvers. */
  public static final Terms NONE =
      new Terms(List.of(), List.of(), false, List.of(), true, Optional.empty());

  public Terms {
    rules = List.copyOf(rules);
    granted = List.copyOf(granted);
    neverBy = List.copyOf(neverBy);
  }

  /** The same with nothing answered before. */
  public Terms alone() {
    return new Terms(rules, List.of(), reasonRequired, neverBy, delegable, why);
  }
}
