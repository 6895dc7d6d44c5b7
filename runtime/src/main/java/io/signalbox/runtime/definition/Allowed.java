package io.signalbox.runtime.definition;

import java.util.Optional;
import java.util.Set;

/**
 * What the operator allows definitions to use.
 *
 * @param processes kinds of process for {@code run}: {@code shell}, {@code container}, {@code
 *     script:python} and so on; absent when nobody is to be refused any more, because the
 *     definition is stored already
 * @param catalogs where functions may come from
 */
public record Allowed(Optional<Set<String>> processes, CatalogLocations catalogs) {
  /** Nothing but what needs no permission. */
  public static final Allowed LITTLE = new Allowed(Optional.of(Set.of()), CatalogLocations.NONE);

  /** For definitions that passed every check when they came in. */
  static final Allowed ALREADY = new Allowed(Optional.empty(), CatalogLocations.NONE);

  public Allowed {
    processes = processes.map(Set::copyOf);
  }
}
