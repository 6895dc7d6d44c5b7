package io.signalbox.protocol.access;

import java.util.List;
import java.util.Set;

/**
 * Permissions under a name.
 *
 * @param members principals that have the role whatever their credential says, such as {@code
 *     user:carol}
 */
public record Role(String name, String description, Set<Grant> grants, List<String> members) {
  /** The role that may do everything; it cannot be changed. */
  public static final String ADMIN = "admin";

  /** The role that everybody within the tenant has. */
  public static final String MEMBER = "member";

  /**
   * The role that everybody has who comes with an issuer's token, in the place of {@code member}:
   * unless the tenant says what it may do, nothing.
   */
  public static final String EXTERNAL = "external";

  public Role {
    grants = Set.copyOf(grants);
    members = List.copyOf(members);
  }
}
