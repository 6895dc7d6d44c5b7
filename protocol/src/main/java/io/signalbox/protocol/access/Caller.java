package io.signalbox.protocol.access;

import java.util.Optional;
import java.util.Set;

/**
 * Who began a run, as it was then. What its roles mean is always looked up anew.
 *
 * @param id the principal's, such as {@code user:carol}
 * @param roles absent where nobody's credential began it: a timer, an event, another run
 * @param behalf for whom it was begun, and that one's roles
 */
public record Caller(String id, Optional<Set<String>> roles, Optional<Behalf> behalf) {
  public Caller {
    roles = roles.map(Set::copyOf);
  }

  /** Somebody of whom only the id is known. */
  public static Caller named(String id) {
    return new Caller(id, Optional.empty(), Optional.empty());
  }

  /** Somebody for whom another one acts. */
  public record Behalf(String id, Set<String> roles) {
    public Behalf {
      roles = Set.copyOf(roles);
    }
  }
}
