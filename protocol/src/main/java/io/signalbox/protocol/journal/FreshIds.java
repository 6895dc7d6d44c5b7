package io.signalbox.protocol.journal;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionId;

/**
 * Entities whose ids were made up on this node a moment ago, so that nothing can be stored of them:
 * they wake up without a question to the database. Were one to wake up elsewhere after all, its
 * first row would be refused, since another has that number.
 */
public final class FreshIds implements Extension {
  private static final ExtensionId<FreshIds> ID =
      new ExtensionId<>() {
        @Override
        public FreshIds createExtension(ExtendedActorSystem system) {
          return new FreshIds();
        }
      };

  private static final long NANOS = Duration.ofSeconds(1).toNanos();

  /** More than this at once ask the database like all others. */
  private static final int MOST = 10_000;

  private final ConcurrentHashMap<String, Long> made = new ConcurrentHashMap<>();

  private FreshIds() {}

  public static FreshIds of(ActorSystem system) {
    return ID.get(system);
  }

  /** This entity's id was made up just now. */
  public void add(String persistenceId) {
    if (made.size() >= MOST) {
      made.clear();
    }
    made.put(persistenceId, System.nanoTime());
  }

  /** Whether it was, and nobody has asked before; true once at most. */
  public boolean take(String persistenceId) {
    Long at = made.remove(persistenceId);
    return at != null && System.nanoTime() - at < NANOS;
  }
}
