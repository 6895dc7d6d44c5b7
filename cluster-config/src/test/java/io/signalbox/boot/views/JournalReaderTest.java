package io.signalbox.boot.views;

import static io.signalbox.boot.views.Journal.begin;
import static io.signalbox.boot.views.Journal.turn;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.signalbox.boot.TestDatabase;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.view.ViewQuery;
import io.signalbox.protocol.view.ViewQuery.Reply;
import io.signalbox.runtime.storage.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JournalReaderTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HikariDataSource pool = pool();
  private final Database database = new Database(pool, Executors.newVirtualThreadPerTaskExecutor());
  private final Views views = new Views(database);

  private static HikariDataSource pool() {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(DATABASE.url());
    pool.setUsername(DATABASE.user());
    pool.setPassword(DATABASE.password());
    pool.setConnectionTimeout(1000);
    return pool;
  }

  @BeforeEach
  void empty() throws SQLException {
    sql(
        "truncate event_journal, entity_head, audit_entry, audit_node, audit_checkpoint, run_view,"
            + " approval_view, wake cascade",
        "update view_offset set xid = '0', ordering = 0, entities = 0, fault = null");
  }

  @AfterEach
  void stop() {
    views.close();
    pool.close();
  }

  @Test
  void whatCommitsLateThoughItBeganEarlierIsNotSkipped() throws Exception {
    views.reader();
    try (Connection slow = open();
        Connection quick = open()) {
      Journal.write(slow, "t|slow", 1, begin());
      Journal.write(quick, "t|quick", 1, begin());
      quick.commit();
      whileNothingElseHappens(() -> assertThat(views.ids("t")).isEmpty());
      slow.commit();
      views.caughtUp();
      assertThat(views.ids("t")).containsExactly("quick", "slow");
    }
  }

  @Test
  void aRowNumberedEarlierButWrittenLaterIsNotSkipped() throws Exception {
    views.reader();
    try (Connection slow = open();
        Connection quick = open()) {
      long early = Journal.ordering(slow);
      Journal.write(quick, "t|quick", 1, begin());
      quick.commit();
      views.caughtUp();
      assertThat(views.ids("t")).containsExactly("quick");
      Journal.write(slow, "t|slow", 1, begin());
      run(
          slow,
          "update event_journal set ordering = " + early + " where persistence_id = 'run|t|slow'");
      slow.commit();
      views.caughtUp();
      assertThat(views.ids("t")).containsExactly("quick", "slow");
    }
  }

  @Test
  void manyWritersAndTwoReadersLoseNothingAndCountNothingTwice() throws Exception {
    views.reader();
    views.reader();
    List<CompletionStage<Integer>> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      int number = writer;
      writers.add(database.call(_ -> writeRuns("w" + number, 25, 30)));
    }
    for (CompletionStage<Integer> writer : writers) {
      assertThat(writer.toCompletableFuture()).succeedsWithin(PATIENCE);
    }
    views.caughtUp();
    assertThat(views.ids("t")).hasSize(100);
    assertThat(ask("select count(*) from entity_head where seq_nr = 30")).isEqualTo("100");
    assertThat(ask("select count(*) from run_view where status = 'suspended'")).isEqualTo("100");
  }

  private int writeRuns(String name, int runs, int turns) throws SQLException {
    try (Connection connection = open()) {
      for (int sequence = 1; sequence <= turns; sequence++) {
        for (int run = 0; run < runs; run++) {
          Fact fact =
              sequence % 2 == 0
                  ? new Fact.RunSuspended("user:ada", java.util.Optional.empty())
                  : new Fact.RunResumed("user:ada");
          Journal.write(
              connection,
              "t|" + name + "-" + run,
              sequence,
              sequence == 1
                  ? begin()
                  : turn(
                      sequence, sequence % 2 == 0 ? RunStatus.SUSPENDED : RunStatus.RUNNING, fact));
          if (run % 5 == 0) {
            connection.commit();
          }
        }
        connection.commit();
      }
    }
    return runs;
  }

  @Test
  void aMissingRowStopsTheViewsAndSaysSoUntilItIsMended() throws Exception {
    views.reader();
    try (Connection connection = open()) {
      Journal.write(connection, "t|a", 1, begin());
      Journal.write(connection, "t|a", 3, turn(3, RunStatus.RUNNING, new Fact.RunResumed("x")));
      connection.commit();
    }
    eventually(
        () ->
            assertThat(views.ask(ViewQuery.Lag::new))
                .isInstanceOfSatisfying(
                    Reply.Refused.class,
                    refused ->
                        assertThat(refused.refusal())
                            .isInstanceOf(Refusal.TooBusy.class)
                            .extracting(Refusal::detail)
                            .asString()
                            .contains("run|t|a goes from row 1 to row 3")));
    assertThat(views.ids("t")).isEmpty();
    sql("delete from event_journal where sequence_number = 3");
    views.caughtUp();
    assertThat(views.ids("t")).containsExactly("a");
  }

  @Test
  void rowsFromAnotherServersCountStopTheViewsAndTheAdviceMendsIt() throws Exception {
    try (Connection connection = open()) {
      Journal.write(connection, "t|a", 1, begin());
      Journal.write(connection, "t|b", 1, begin());
      run(
          connection,
          "update event_journal set xid = '900000000' where persistence_id = 'run|t|b'");
      connection.commit();
    }
    views.reader();
    eventually(() -> assertThat(views.behind()).isEqualTo(-1));
    sql(
        "update event_journal set xid = pg_current_xact_id()",
        "update view_offset set xid = '0', ordering = 0");
    views.caughtUp();
    assertThat(views.ids("t")).containsExactly("a", "b");
  }

  @Test
  void goesOnByItselfAfterTheDatabaseWasAway() throws Exception {
    views.reader();
    try (Connection connection = open()) {
      Journal.write(connection, "t|before", 1, begin());
      connection.commit();
    }
    views.caughtUp();
    String name = DATABASE.url().substring(DATABASE.url().lastIndexOf('/') + 1);
    admin(
        "alter database " + name + " allow_connections false",
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
    eventually(
        () ->
            assertThat(views.ask(ViewQuery.Lag::new))
                .isInstanceOfSatisfying(
                    Reply.Refused.class,
                    refused ->
                        assertThat(refused.refusal())
                            .isEqualTo(
                                new Refusal.TooBusy(
                                    "the views cannot be read at the moment",
                                    Duration.ofSeconds(2)))));
    admin("alter database " + name + " allow_connections true");
    try (Connection connection = open()) {
      Journal.write(connection, "t|after", 1, begin());
      connection.commit();
    }
    views.caughtUp();
    assertThat(views.ids("t")).containsExactly("after", "before");
  }

  private void whileNothingElseHappens(Runnable holds) {
    var probe = views.kit().createTestProbe();
    probe.expectNoMessage(Duration.ofMillis(500));
    holds.run();
  }

  private void eventually(Runnable holds) {
    views
        .kit()
        .createTestProbe()
        .awaitAssert(
            PATIENCE,
            Duration.ofMillis(50),
            () -> {
              holds.run();
              return 0;
            });
  }

  private static Connection open() throws SQLException {
    Connection connection =
        DriverManager.getConnection(DATABASE.url(), DATABASE.user(), DATABASE.password());
    connection.setAutoCommit(false);
    return connection;
  }

  private static void sql(String... statements) throws SQLException {
    try (Connection connection = open()) {
      for (String text : statements) {
        run(connection, text);
      }
      connection.commit();
    }
  }

  private static void admin(String... statements) throws SQLException {
    String url = DATABASE.url().replaceFirst("/[^/]+$", "/postgres");
    try (Connection connection =
        DriverManager.getConnection(url, DATABASE.user(), DATABASE.password())) {
      for (String text : statements) {
        run(connection, text);
      }
    }
  }

  private static void run(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private static String ask(String text) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(text)) {
      row.next();
      return row.getString(1);
    }
  }
}
