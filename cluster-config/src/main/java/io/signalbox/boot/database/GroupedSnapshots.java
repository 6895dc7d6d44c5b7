package io.signalbox.boot.database;

import io.signalbox.protocol.journal.FreshIds;
import io.signalbox.runtime.storage.Gather;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.jdbc.config.SnapshotConfig;
import org.apache.pekko.persistence.jdbc.snapshot.dao.DefaultSnapshotDao;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.Materializer;
import scala.Option;
import scala.Tuple2;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/**
 * The plugin's snapshots; whether an entity has any at all, which most have not, and how far its
 * journal has come if not, is asked for many at once. See decision 0013.
 */
public final class GroupedSnapshots extends DefaultSnapshotDao {
  private static final Gather.Bounds BOUNDS = new Gather.Bounds(2, 500, 100_000);
  private static final String STATE =
      "select case when exists (select 1 from snapshot s where s.persistence_id = q.id) then -1"
          + " else coalesce((select sequence_number from event_journal j"
          + " where j.persistence_id = q.id order by sequence_number desc limit 1), 0) end"
          + " from unnest(?::text[]) with ordinality q(id, n) order by n";

  private static final long SNAPSHOT = -1;

  private final Gather<String, Long> states;
  private final Heads heads;
  private final FreshIds fresh;

  /** As the plugin calls it, by its name in {@code jdbc-snapshot-store.dao}. */
  public GroupedSnapshots(
      JdbcBackend.JdbcDatabaseDef database,
      JdbcProfile profile,
      SnapshotConfig settings,
      Serialization serialization,
      ExecutionContext threads,
      Materializer materializer) {
    super(database, profile, settings, serialization, threads, materializer);
    this.heads = Heads.of(serialization.system());
    this.fresh = FreshIds.of(serialization.system());
    this.states =
        new Gather<>(
            () -> database.source().createConnection(),
            Gather.threads("awake", BOUNDS.lanes()),
            BOUNDS,
            (c, ids) -> Look.numbers(c, STATE, ids));
  }

  @Override
  public Future<Option<Tuple2<SnapshotMetadata, Object>>> latestSnapshot(String persistenceId) {
    if (fresh.take(persistenceId)) {
      heads.found(persistenceId, 0);
      return Future.successful(Option.empty());
    }
    CompletionStage<Option<Tuple2<SnapshotMetadata, Object>>> found =
        states
            .ask(persistenceId)
            .thenCompose(
                state -> {
                  if (state == SNAPSHOT) {
                    return FutureConverters.asJava(super.latestSnapshot(persistenceId));
                  }
                  heads.found(persistenceId, state);
                  return CompletableFuture.completedStage(Option.empty());
                });
    return FutureConverters.asScala(found);
  }
}
