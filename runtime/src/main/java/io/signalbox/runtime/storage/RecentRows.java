package io.signalbox.runtime.storage;

import io.signalbox.protocol.Stored;
import io.signalbox.protocol.journal.JournalRow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionId;

/**
 * Rows that this node wrote a moment ago, so that the views' reader need not parse them again: what
 * is read is still the stored row, and only if it holds the very same bytes is the known turn
 * taken.
 */
public final class RecentRows implements Extension {
  private static final ExtensionId<RecentRows> ID =
      new ExtensionId<>() {
        @Override
        public RecentRows createExtension(ExtendedActorSystem system) {
          return new RecentRows();
        }
      };

  /** Half a second's worth at ten thousand rows a second. */
  private static final int MOST = 5_000;

  private static final int MOST_BYTES = 16 << 20;

  private record Key(String persistenceId, long sequence) {}

  private final Map<Key, JournalRow<?>> rows = new LinkedHashMap<>();
  private long bytes;

  private RecentRows() {}

  public static RecentRows of(ActorSystem system) {
    return ID.get(system);
  }

  /** This row is being written. */
  public synchronized void add(String persistenceId, long sequence, JournalRow<?> row) {
    bytes += row.size();
    JournalRow<?> before = rows.put(new Key(persistenceId, sequence), row);
    bytes -= before == null ? 0 : before.size();
    var oldest = rows.values().iterator();
    while (rows.size() > MOST || bytes > MOST_BYTES) {
      bytes -= oldest.next().size();
      oldest.remove();
    }
  }

  /** The turn that these stored bytes are, if it is known; once at most. */
  public <T extends Stored> Optional<T> take(
      String persistenceId, long sequence, byte[] stored, Class<T> type) {
    JournalRow<?> row;
    synchronized (this) {
      row = rows.remove(new Key(persistenceId, sequence));
      bytes -= row == null ? 0 : row.size();
    }
    return row != null && row.holds(stored) && type.isInstance(row.turn())
        ? Optional.of(type.cast(row.turn()))
        : Optional.empty();
  }
}
