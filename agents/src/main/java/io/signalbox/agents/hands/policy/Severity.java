package io.signalbox.agents.hands.policy;

import java.util.Locale;

/** How bad a finding is, in rising order. */
enum Severity {
  LOW,
  MEDIUM,
  HIGH;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
