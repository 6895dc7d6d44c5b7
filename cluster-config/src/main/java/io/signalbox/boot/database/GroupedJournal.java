package io.signalbox.boot.database;

import io.signalbox.runtime.storage.Gather;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/**
 * The plugin's journal with its two hot statements gathered: rows of many entities are written by
 * one statement, and so is asked how far entities that wake up have come. Where the database
 * refuses such a write for one row's sake, each entity's rows are written once more by themselves,
 * so that only the one whose row is refused gets to feel it. See decision 0013.
 */
public final class GroupedJournal extends DefaultJournalDao {
  /** Two: while one commit waits for the disk, the next is being prepared. */
  private static final int LANES = 2;

  private static final int BATCH = 500;

  private static final String INSERT =
      "insert into event_journal (persistence_id, sequence_number, writer, write_timestamp,"
          + " adapter_manifest, event_ser_id, event_ser_manifest, event_payload)"
          + " select * from unnest(?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::text[],"
          + " ?::int[], ?::text[], ?::bytea[])";

  private static final String HIGHEST =
      "select coalesce((select sequence_number from event_journal j where j.persistence_id = q.id"
          + " order by sequence_number desc limit 1), 0)"
          + " from unnest(?::text[]) with ordinality q(id, n) order by n";

  private final Gather<List<JournalPekkoSerializationRow>, Optional<SQLException>> writes;
  private final Gather<String, Long> highest;
  private final Heads heads;

  /** As the plugin calls it, by its name in {@code jdbc-journal.dao}. */
  public GroupedJournal(
      JdbcBackend.JdbcDatabaseDef database,
      JdbcProfile profile,
      JournalConfig settings,
      Serialization serialization,
      ExecutionContext threads,
      Materializer materializer) {
    super(database, profile, settings, serialization, threads, materializer);
    this.heads = Heads.of(serialization.system());
    Gather.Connections connections = () -> database.source().createConnection();
    Gather.Bounds bounds = new Gather.Bounds(LANES, BATCH, settings.daoConfig().bufferSize());
    this.writes =
        new Gather<>(connections, Gather.threads("journal", LANES), bounds, GroupedJournal::write);
    this.highest =
        new Gather<>(
            connections,
            Gather.threads("highest", LANES),
            bounds,
            (c, ids) -> Look.numbers(c, HIGHEST, ids));
  }

  @Override
  public Future<BoxedUnit> queueWriteJournalRows(
      Seq<Tuple2<JournalPekkoSerializationRow, Set<String>>> rows) {
    List<JournalPekkoSerializationRow> plain = new ArrayList<>(rows.length());
    for (Tuple2<JournalPekkoSerializationRow, Set<String>> row :
        CollectionConverters.asJava(rows)) {
      if (!row._2().isEmpty() || row._1().metaPayload().isDefined() || row._1().deleted()) {
        return super.queueWriteJournalRows(rows);
      }
      plain.add(row._1());
    }
    return FutureConverters.asScala(
        writes
            .ask(plain)
            .thenApply(
                refused -> {
                  refused.ifPresent(
                      e -> {
                        throw new java.util.concurrent.CompletionException(e);
                      });
                  return BoxedUnit.UNIT;
                }));
  }

  @Override
  public Future<Object> highestSequenceNr(String persistenceId, long from) {
    CompletionStage<Long> known =
        heads
            .take(persistenceId)
            .<CompletionStage<Long>>map(CompletableFuture::completedStage)
            .orElseGet(() -> highest.ask(persistenceId));
    return FutureConverters.asScala(known.thenApply(Object.class::cast));
  }

  /** Each group of rows is written, or told why not. */
  private static List<Optional<SQLException>> write(
      Connection c, List<List<JournalPekkoSerializationRow>> groups) throws SQLException {
    try {
      insert(c, groups.stream().flatMap(List::stream).toList());
      return Collections.nCopies(groups.size(), Optional.empty());
    } catch (SQLException e) {
      if (!refused(e)) {
        throw e;
      }
      if (groups.size() == 1) {
        return List.of(Optional.of(e));
      }
    }
    List<Optional<SQLException>> results = new ArrayList<>(groups.size());
    for (List<JournalPekkoSerializationRow> group : groups) {
      results.addAll(write(c, List.of(group)));
    }
    return results;
  }

  private static void insert(Connection c, List<JournalPekkoSerializationRow> rows)
      throws SQLException {
    int n = rows.size();
    String[] ids = new String[n];
    Long[] numbers = new Long[n];
    String[] writers = new String[n];
    Long[] times = new Long[n];
    String[] adapters = new String[n];
    Integer[] serializers = new Integer[n];
    String[] manifests = new String[n];
    byte[][] payloads = new byte[n][];
    for (int i = 0; i < n; i++) {
      JournalPekkoSerializationRow row = rows.get(i);
      ids[i] = row.persistenceId();
      numbers[i] = row.sequenceNumber();
      writers[i] = row.writer();
      times[i] = row.writeTimestamp();
      adapters[i] = row.adapterManifest();
      serializers[i] = row.eventSerId();
      manifests[i] = row.eventSerManifest();
      payloads[i] = row.eventPayload();
    }
    try (PreparedStatement s = c.prepareStatement(INSERT)) {
      s.setArray(1, c.createArrayOf("text", ids));
      s.setArray(2, c.createArrayOf("int8", numbers));
      s.setArray(3, c.createArrayOf("text", writers));
      s.setArray(4, c.createArrayOf("int8", times));
      s.setArray(5, c.createArrayOf("text", adapters));
      s.setArray(6, c.createArrayOf("int4", serializers));
      s.setArray(7, c.createArrayOf("text", manifests));
      s.setArray(8, c.createArrayOf("bytea", payloads));
      s.executeUpdate();
    }
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
