package io.signalbox.protocol.access;

import java.util.Optional;
import java.util.Set;

/**
 * Who is asking, within which tenant.
 *
 * @param id such as {@code user:carol}, {@code service:ci} or {@code hook:github}
 * @param localAdmin the key that local mode made for the one person at this machine
 * @param granted what it may do; absent where only the built-in roles are known
 * @param onBehalfOf for whom it acts; what it may do is then what both may do
 */
public record Principal(
    String tenant,
    String id,
    Set<String> roles,
    boolean localAdmin,
    Optional<Rights> granted,
    Optional<Caller.Behalf> onBehalfOf) {
  public Principal {
    roles = Set.copyOf(roles);
  }

  /** With the meaning that roles have until a tenant gives them another one. */
  public Principal(String tenant, String id, Set<String> roles, boolean localAdmin) {
    this(tenant, id, roles, localAdmin, Optional.empty(), Optional.empty());
  }

  /** What it may do. */
  public Rights rights() {
    if (localAdmin && onBehalfOf.isEmpty()) {
      return Rights.ALL;
    }
    return granted.orElseGet(() -> RoleBook.BUILT_IN.rights(roles));
  }

  /** What a run that it begins remembers of it. */
  public Caller caller() {
    return new Caller(id, Optional.of(roles), onBehalfOf);
  }

  /** Whether an approver entry ({@code role:NAME} or {@code user:ID}) names this principal. */
  public boolean matches(String approver) {
    return approver.equals(id)
        || (approver.startsWith("role:") && roles.contains(approver.substring("role:".length())));
  }
}
