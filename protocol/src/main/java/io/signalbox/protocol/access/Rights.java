package io.signalbox.protocol.access;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What somebody may do: what every one of the sets allows. There is more than one where a key is
 * narrower than its holder, or where somebody acts on behalf of somebody else.
 */
public record Rights(List<Set<Grant>> sets) {
  /** An administrator's. */
  public static final Rights ALL =
      new Rights(List.of(Set.of(Grant.ORDINARY, Grant.ADMINISTRATION)));

  public Rights {
    sets = sets.stream().map(Set::copyOf).toList();
  }

  /** What both allow. */
  public Rights and(Rights other) {
    return new Rights(Stream.concat(sets.stream(), other.sets.stream()).distinct().toList());
  }

  /** Allowed in at least one namespace, as far as each set is concerned. */
  public boolean anywhere(String permission) {
    return all(grant -> grant.covers(permission));
  }

  public boolean within(String namespace, String permission) {
    return all(grant -> grant.covers(permission, namespace));
  }

  /** Allowed whatever the namespace. */
  public boolean everywhere(String permission) {
    return all(grant -> grant.everywhere(permission));
  }

  private boolean all(Predicate<Grant> covering) {
    return !sets.isEmpty() && sets.stream().allMatch(set -> set.stream().anyMatch(covering));
  }
}
