package io.signalbox.protocol.access;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A tenant's roles and what follows from them. Pure. */
public record RoleBook(Map<String, Role> roles) {
  /** With the built-in roles alone. */
  public static final RoleBook BUILT_IN = new RoleBook(Map.of());

  public RoleBook {
    roles = Map.copyOf(roles);
  }

  /** The roles of a principal: those of its credential, and those that name it as a member. */
  public Set<String> rolesOf(String principal, Set<String> given) {
    Set<String> all = new HashSet<>(given);
    roles.values().stream()
        .filter(role -> role.members().contains(principal))
        .forEach(role -> all.add(role.name()));
    return all;
  }

  /**
   * What somebody with these roles may do. Everybody is a {@code member}, which may do all but
   * administration until the tenant gives that role a narrower meaning; but who has the role {@code
   * external} is one only where it is given.
   */
  public Rights rights(Set<String> names) {
    if (names.contains(Role.ADMIN)) {
      return Rights.ALL;
    }
    Set<Grant> grants = new HashSet<>();
    if (!names.contains(Role.EXTERNAL) || names.contains(Role.MEMBER)) {
      Role member = roles.get(Role.MEMBER);
      grants.addAll(member == null ? Set.of(Grant.ORDINARY) : member.grants());
    }
    for (String name : names) {
      Role role = roles.get(name);
      if (role != null) {
        grants.addAll(role.grants());
      }
    }
    return new Rights(List.of(grants));
  }
}
