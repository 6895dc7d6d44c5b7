package io.signalbox.protocol.access;

/**
 * A permission within namespaces. Both are patterns in which {@code *} stands for any text; a
 * permission that begins with {@code admin:} is only covered by a pattern that says so.
 *
 * @param permission such as {@code run:start} or {@code tool:jira.*:call}
 */
public record Grant(String namespace, String permission) {
  private static final String ADMIN = "admin:";

  /** All that is no administration, everywhere. */
  public static final Grant ORDINARY = new Grant("*", "*");

  /** All administration, everywhere. */
  public static final Grant ADMINISTRATION = new Grant("*", ADMIN + "*");

  /** Whether it covers the permission in some namespace. */
  public boolean covers(String wanted) {
    return (!wanted.startsWith(ADMIN) || permission.startsWith(ADMIN))
        && Pattern.matches(permission, wanted);
  }

  /** Whether it covers the permission in this namespace. */
  public boolean covers(String wanted, String within) {
    return covers(wanted) && Pattern.matches(namespace, within);
  }

  /** Whether it covers the permission in every namespace there may be. */
  public boolean everywhere(String wanted) {
    return namespace.equals("*") && covers(wanted);
  }
}
