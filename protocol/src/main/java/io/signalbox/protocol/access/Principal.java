package io.signalbox.protocol.access;

import java.util.Set;

/**
 * Who is asking, within which tenant.
 *
 * @param id such as {@code user:carol}, {@code service:ci} or {@code hook:github}
 * @param localAdmin the key that local mode made for the one person at this machine
 */
public record Principal(String tenant, String id, Set<String> roles, boolean localAdmin) {
  public Principal {
    roles = Set.copyOf(roles);
  }

  /** Whether an approver entry ({@code role:NAME} or {@code user:ID}) names this principal. */
  public boolean matches(String approver) {
    return approver.equals(id)
        || (approver.startsWith("role:") && roles.contains(approver.substring("role:".length())));
  }
}
