package io.signalbox.boot.database;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.persistence.jdbc.config.JournalConfig;
import org.apache.pekko.persistence.jdbc.journal.dao.DefaultJournalDao;
import org.apache.pekko.persistence.jdbc.journal.dao.JournalTables.JournalPekkoSerializationRow;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.Materializer;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.collection.immutable.Set;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/**
 * The journal's writes, as the plugin makes them: many entities' rows in one transaction. Where the
 * database refuses such a batch for one row's sake, each entity's rows are written once more by
 * themselves, so that only the one whose row is refused gets to feel it.
 */
public final class RowByRowJournal extends DefaultJournalDao {

  /** As the plugin calls it, by its name in {@code jdbc-journal.dao}. */
  public RowByRowJournal(
      JdbcBackend.JdbcDatabaseDef database,
      JdbcProfile profile,
      JournalConfig settings,
      Serialization serialization,
      ExecutionContext threads,
      Materializer materializer) {
    super(database, profile, settings, serialization, threads, materializer);
  }

  @Override
  public Future<BoxedUnit> queueWriteJournalRows(
      Seq<Tuple2<JournalPekkoSerializationRow, Set<String>>> rows) {
    CompletionStage<BoxedUnit> written =
        FutureConverters.asJava(super.queueWriteJournalRows(rows))
            .exceptionallyCompose(
                failure ->
                    refused(failure)
                        ? FutureConverters.asJava(writeJournalRows(rows))
                        : CompletableFuture.failedStage(failure));
    return FutureConverters.asScala(written);
  }

  /**
   * Whether the database looked at the rows and did not want them: then it keeps none of them. A
   * database that is away (classes 08, 57, 58, 53) may have kept them, and would not take them now.
   */
  static boolean refused(Throwable failure) {
    Optional<SQLException> sql = Optional.empty();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found && found.getSQLState() != null) {
        sql = Optional.of(found);
      }
    }
    return sql.map(it -> it.getSQLState().matches("(22|23|42|P0).*")).orElse(false);
  }
}
