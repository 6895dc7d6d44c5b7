package io.signalbox.boot.views;

import static io.signalbox.boot.views.Journal.begin;
import static io.signalbox.boot.views.Journal.due;
import static io.signalbox.boot.views.Journal.turn;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.boot.TestDatabase;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.runtime.view.ViewSettings;
import io.signalbox.runtime.wake.Ping;
import io.signalbox.runtime.wake.Waker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WakerTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Instant FAR = Instant.parse("2200-01-01T00:00:00Z");
  private static final ViewSettings SETTINGS =
      Views.settings(
          "waker { interval = 100 ms, batch = 10, sweep-pace = 20 ms, again-shortest = 1 h, again-longest = 2 h }");

  private final Views views = new Views(DATABASE.database());
  private final TestProbe<Ping> pings = views.kit().createTestProbe();

  @BeforeEach
  void empty() throws SQLException {
    sql(
        "truncate event_journal, entity_head, run_view, wake cascade",
        "update view_offset set xid = '0', ordering = 0, entities = 0");
  }

  @AfterEach
  void stop() {
    views.close();
  }

  private ActorRef<Waker.Command> waker() {
    return views.kit().spawn(Waker.create(DATABASE.database(), SETTINGS, pings.ref()::tell));
  }

  @Test
  void atItsStartEverythingActiveIsPingedEvenWhatTheViewsHadNotReadYet() throws Exception {
    writeRuns(35, FAR);
    waker();
    pings.expectNoMessage(Duration.ofMillis(300));
    views.reader();
    assertThat(receive(35)).hasSize(35).contains(new Ping("run", "t|r7", 1));
    pings.expectNoMessage(Duration.ofMillis(300));
  }

  @Test
  void aLostNodePingsEverythingActiveAgain() throws Exception {
    writeRuns(25, FAR);
    views.reader();
    ActorRef<Waker.Command> waker = waker();
    receive(25);
    waker.tell(new Waker.SweepAll());
    assertThat(receive(25)).hasSize(25);
  }

  @Test
  void whatIsDueIsPingedOnceAndThenLeftAloneForAWhile() throws Exception {
    startAndSweep();
    writeRuns(25, Instant.now());
    assertThat(receive(25)).hasSize(25);
    pings.expectNoMessage(Duration.ofMillis(500));
    assertThat(
            ask("select count(*) from wake where attempts = 1 and next_check > now() + '50 min'"))
        .isEqualTo("25");
  }

  @Test
  void aRunThatMovedOnIsPingedAnewAndOneThatEndedNoMore() throws Exception {
    startAndSweep();
    writeRuns(2, Instant.now());
    receive(2);
    Fact moved = new Fact.RunResumed("user:ada");
    write("run|t|r1", 2, "turn", turn(2, RunStatus.COMPLETED, Journal.completed()));
    write("run|t|r0", 2, "turn", due(turn(2, RunStatus.RUNNING, moved), Instant.now()));
    assertThat(pings.receiveMessage(SOON)).isEqualTo(new Ping("run", "t|r0", 2));
    assertThat(ask("select string_agg(entity_id, ',' order by entity_id) from wake"))
        .isEqualTo("t|first,t|r0");
  }

  @Test
  void aBusySessionIsPingedAtTheStartAndAnIdleOneIsNot() throws Exception {
    write("session|t|ada|s1", 1, "session-turn", new SessionTurn(FAR, "", List.of(), true));
    write("session|t|ada|s2", 1, "session-turn", new SessionTurn(FAR, "", List.of(), false));
    views.reader();
    waker();
    assertThat(pings.receiveMessage(SOON)).isEqualTo(new Ping("session", "t|ada|s1", 1));
    pings.expectNoMessage(Duration.ofMillis(300));
  }

  /** From here on only what is due is pinged. */
  private void startAndSweep() throws SQLException {
    write("run|t|first", 1, "turn", due(begin(), FAR));
    views.reader();
    waker();
    assertThat(pings.receiveMessage(SOON)).isEqualTo(new Ping("run", "t|first", 1));
  }

  private Set<Ping> receive(int count) {
    Set<Ping> received = new HashSet<>();
    for (int i = 0; i < count; i++) {
      received.add(pings.receiveMessage(SOON));
    }
    return received;
  }

  private static void writeRuns(int count, Instant due) throws SQLException {
    for (int i = 0; i < count; i++) {
      write("run|t|r" + i, 1, "turn", due(begin(), due));
    }
  }

  private static void write(
      String id, long sequence, String name, io.signalbox.protocol.Stored turn)
      throws SQLException {
    var _ =
        DATABASE
            .database()
            .now(
                connection -> {
                  Journal.write(connection, id, sequence, name, turn);
                  return 0;
                });
  }

  private static void sql(String... statements) throws SQLException {
    var _ =
        DATABASE
            .database()
            .now(
                connection -> {
                  for (String text : statements) {
                    run(connection, text);
                  }
                  return 0;
                });
  }

  private static void run(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private static String ask(String text) throws SQLException {
    return DATABASE
        .database()
        .now(
            connection -> {
              try (Statement statement = connection.createStatement();
                  var row = statement.executeQuery(text)) {
                row.next();
                return row.getString(1);
              }
            });
  }
}
