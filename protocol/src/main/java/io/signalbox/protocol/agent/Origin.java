package io.signalbox.protocol.agent;

import java.util.List;

/**
 * On whose behalf a message is sent: what budgets and freezes of model calls go by.
 *
 * @param namespaces of the run, and of those above it
 * @param startedBy the principal that started the run
 */
public record Origin(List<String> namespaces, String startedBy) {
  public Origin {
    namespaces = List.copyOf(namespaces);
  }
}
