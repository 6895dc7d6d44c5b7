package io.signalbox.runtime.catalog;

import io.signalbox.protocol.Fault;
import io.signalbox.protocol.guard.Check;
import io.signalbox.protocol.guard.Guardrail;
import java.util.ArrayList;
import java.util.List;

/** What a guardrail must be before it is kept; every fault at once. */
final class WantedGuardrail {
  private static final int MOST_CHECKS = 50;

  private WantedGuardrail() {}

  static List<Fault> faults(Guardrail rule) {
    List<Fault> faults = new ArrayList<>();
    if (!rule.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}")) {
      faults.add(new Fault("/name", "must have 1 to 128 letters, digits, '.', '_' and '-'"));
    }
    if (rule.checks().isEmpty() || rule.checks().size() > MOST_CHECKS) {
      faults.add(new Fault("/checks", "must hold from 1 to " + MOST_CHECKS + " checks"));
    }
    for (int i = 0; i < rule.checks().size(); i++) {
      Check check = rule.checks().get(i);
      if (check.on().isEmpty()) {
        faults.add(new Fault("/checks/" + i + "/on", "must name a stage"));
      }
    }
    for (int i = 0; i < rule.approvers().size(); i++) {
      if (!rule.approvers().get(i).matches("(role|user):.+")) {
        faults.add(new Fault("/approvers/" + i, "must be role:NAME or user:ID"));
      }
    }
    return faults;
  }
}
