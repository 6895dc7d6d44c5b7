package io.signalbox.runtime.catalog;

import io.signalbox.protocol.access.RoleBook;
import io.signalbox.runtime.policy.Policies;

/** Who may do what in a tenant: its roles and its policies. */
public record Authority(RoleBook roles, Policies policies) {
  /** Nothing but what is built in. */
  public static final Authority BUILT_IN = new Authority(RoleBook.BUILT_IN, Policies.NONE);
}
