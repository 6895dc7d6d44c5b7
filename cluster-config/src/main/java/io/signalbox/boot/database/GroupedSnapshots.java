package io.signalbox.boot.database;

import io.signalbox.runtime.storage.Gather;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
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
 * The plugin's snapshots; whether an entity has any at all, which most have not, is asked for many
 * at once. See decision 0013.
 */
public final class GroupedSnapshots extends DefaultSnapshotDao {
  private static final Gather.Bounds BOUNDS = new Gather.Bounds(2, 500, 100_000);
  private static final String COUNT =
      "select (select count(*) from (select 1 from snapshot s where s.persistence_id = q.id limit 1)"
          + " one) from unnest(?::text[]) with ordinality q(id, n) order by n";

  private final Gather<String, Long> any;

  /** As the plugin calls it, by its name in {@code jdbc-snapshot-store.dao}. */
  public GroupedSnapshots(
      JdbcBackend.JdbcDatabaseDef database,
      JdbcProfile profile,
      SnapshotConfig settings,
      Serialization serialization,
      ExecutionContext threads,
      Materializer materializer) {
    super(database, profile, settings, serialization, threads, materializer);
    this.any =
        new Gather<>(
            () -> database.source().createConnection(),
            Executors.newVirtualThreadPerTaskExecutor(),
            BOUNDS,
            (c, ids) -> Look.numbers(c, COUNT, ids));
  }

  @Override
  public Future<Option<Tuple2<SnapshotMetadata, Object>>> latestSnapshot(String persistenceId) {
    CompletionStage<Option<Tuple2<SnapshotMetadata, Object>>> found =
        any.ask(persistenceId)
            .thenCompose(
                count ->
                    count == 0
                        ? CompletableFuture.completedStage(Option.empty())
                        : FutureConverters.asJava(super.latestSnapshot(persistenceId)));
    return FutureConverters.asScala(found);
  }
}
