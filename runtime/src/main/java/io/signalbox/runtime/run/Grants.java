package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.approval.StandingGrant;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.definition.ArgumentFit;
import java.util.Comparator;
import java.util.Optional;

/** Standing grants: approvals given in advance. Each use is recorded before the call. */
final class Grants {
  private Grants() {}

  /** The grant that covers the call, if one does; nobody's grant covers their own requests. */
  static Optional<StandingGrant> covering(
      Deciding turn, String requester, String agent, ToolDefinition tool, JsonNode arguments) {
    return turn.rules.grants().values().stream()
        .filter(it -> it.tool().equals(tool.name()))
        .filter(it -> it.until().isAfter(turn.now))
        .filter(it -> it.agent().map(agent::equals).orElse(true))
        .filter(it -> it.ownToo() || !it.grantedBy().equals(requester))
        .filter(it -> ArgumentFit.exactly(it.arguments(), arguments))
        .min(Comparator.comparing(StandingGrant::id));
  }

  static void use(
      Deciding turn,
      Activation a,
      StandingGrant grant,
      ToolDefinition tool,
      JsonNode arguments,
      String rule) {
    turn.record(
        new Fact.GrantUsed(
            a.id(),
            a.task(),
            grant.id(),
            tool.name(),
            Hashes.of(arguments),
            rule,
            grant.grantedBy(),
            grant.until()));
  }
}
