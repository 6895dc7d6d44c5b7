package io.signalbox.runtime.access;

import io.signalbox.protocol.access.Caller;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.access.Rights;
import io.signalbox.protocol.access.RoleBook;
import io.signalbox.runtime.catalog.Rulebook;
import java.util.Optional;
import java.util.Set;

/** What somebody's roles mean in its tenant just now. Pure. */
final class Standing {
  private Standing() {}

  /** The principal with all its roles and rights; what its key is narrowed to still holds. */
  static Principal of(Principal raw, Rulebook rules) {
    RoleBook book = rules.authority().roles();
    Set<String> roles = book.rolesOf(raw.id(), raw.roles());
    Rights rights = raw.localAdmin() ? Rights.ALL : book.rights(roles);
    return new Principal(
        raw.tenant(),
        raw.id(),
        roles,
        raw.localAdmin(),
        Optional.of(raw.granted().map(rights::and).orElse(rights)),
        raw.onBehalfOf());
  }

  /** The same acting for somebody else: no more than both may do, and nobody's administrator. */
  static Principal behalf(Principal by, String other, Set<String> given, Rulebook rules) {
    RoleBook book = rules.authority().roles();
    Set<String> roles = book.rolesOf(other, given);
    return new Principal(
        by.tenant(),
        by.id(),
        by.roles(),
        false,
        Optional.of(by.rights().and(book.rights(roles))),
        Optional.of(new Caller.Behalf(other, roles)));
  }
}
