package io.signalbox.boot.database;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionId;

/**
 * How far entities that are waking up have come: found out together with whether they have a
 * snapshot, and taken by the question that follows. Until that is answered such an entity writes
 * nothing, so what was found stays true; a later awakening begins with finding it out anew.
 */
final class Heads implements Extension {
  private static final ExtensionId<Heads> ID =
      new ExtensionId<>() {
        @Override
        public Heads createExtension(ExtendedActorSystem system) {
          return new Heads();
        }
      };

  /** More wake-ups than this at once ask twice. */
  private static final int MOST = 10_000;

  private final ConcurrentHashMap<String, Long> found = new ConcurrentHashMap<>();

  private Heads() {}

  static Heads of(org.apache.pekko.actor.ActorSystem system) {
    return ID.get(system);
  }

  void found(String persistenceId, long highest) {
    if (found.size() >= MOST) {
      found.clear();
    }
    found.put(persistenceId, highest);
  }

  Optional<Long> take(String persistenceId) {
    return Optional.ofNullable(found.remove(persistenceId));
  }
}
