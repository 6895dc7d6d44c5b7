package io.signalbox.bench.listen;

import io.signalbox.bench.kit.Postgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks into the journal every millisecond for the second row of each run, which completes it: the
 * first is its start, up to where it listens.
 */
final class JournalWatch implements AutoCloseable {
  private static final Duration PACE = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  // rows commit in another order than they are numbered: so far back it is looked again
  private static final int BACK = 200;

  private final Postgres.Base base;
  private final Set<String> missing;
  private final Map<String, Long> seen = new HashMap<>();
  private final CompletableFuture<Map<String, Long>> all = new CompletableFuture<>();
  private volatile boolean open = true;

  private JournalWatch(Postgres.Base base, List<String> names) {
    this.base = base;
    this.missing = new HashSet<>(names.stream().map(name -> "run|default|" + name).toList());
  }

  static JournalWatch start(Postgres.Base base, List<String> names) {
    JournalWatch watch = new JournalWatch(base, names);
    Thread.ofPlatform().daemon().name("journal-watch").start(watch::watch);
    return watch;
  }

  private void watch() {
    try (Connection connection = base.connect();
        PreparedStatement rows =
            connection.prepareStatement(
                "select ordering, persistence_id from event_journal"
                    + " where ordering > ? and sequence_number = 2")) {
      long last = newest(connection);
      while (open && !missing.isEmpty()) {
        rows.setLong(1, last - BACK);
        try (ResultSet found = rows.executeQuery()) {
          long now = System.nanoTime();
          while (found.next()) {
            last = Math.max(last, found.getLong(1));
            if (missing.remove(found.getString(2))) {
              seen.put(found.getString(2).replace("run|default|", ""), now);
            }
          }
        }
        LockSupport.parkNanos(PACE.toNanos());
      }
      all.complete(Map.copyOf(seen));
    } catch (SQLException e) {
      all.completeExceptionally(e);
    }
  }

  private static long newest(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("select coalesce(max(ordering), 0) from event_journal");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** When each run's last row was first seen; fails when one does not come. */
  Map<String, Long> all() throws IOException, InterruptedException {
    try {
      return all.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException(missing.size() + " runs did not complete", e);
    } catch (ExecutionException | CompletionException e) {
      throw new IOException("the journal could not be watched: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    open = false;
  }
}
