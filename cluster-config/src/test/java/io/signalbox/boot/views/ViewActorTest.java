package io.signalbox.boot.views;

import static io.signalbox.boot.views.Journal.begin;
import static io.signalbox.boot.views.Journal.turn;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.boot.TestDatabase;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.view.ViewQuery;
import io.signalbox.protocol.view.ViewQuery.HistoryEvent;
import io.signalbox.protocol.view.ViewQuery.Reply;
import io.signalbox.protocol.view.ViewQuery.RunRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ViewActorTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final int LONG_TURNS = 1_000;
  private static Optional<Views> views = Optional.empty();

  @BeforeAll
  static void fill() throws SQLException {
    var _ = DATABASE.database().now(ViewActorTest::write);
    Views fresh = new Views(DATABASE.database());
    views = Optional.of(fresh);
    fresh.reader();
    fresh.caughtUp();
  }

  @AfterAll
  static void stop() {
    views.ifPresent(Views::close);
  }

  private static int write(Connection connection) throws SQLException {
    for (int i = 0; i < 25; i++) {
      Map<String, String> labels = Map.of("team", i % 2 == 0 ? "blue" : "red");
      Fact start = Journal.started(i < 20 ? "order" : "refund", labels, i == 24);
      // several in the same instant: the order is still a total one
      Instant at = Journal.BEGIN.plusSeconds(i / 5);
      Journal.write(
          connection, "t|r%02d".formatted(i), 1, Journal.at(turn(1, RunStatus.RUNNING, start), at));
    }
    Journal.write(connection, "t|r00", 2, turn(2, RunStatus.COMPLETED, Journal.completed()));
    Journal.write(connection, "other|r01", 1, begin());
    Fact odd = Journal.started("odd\0name", Map.of("a\0b", "c\0d"), false);
    Journal.write(connection, "odd|x", 1, turn(1, RunStatus.RUNNING, odd));
    Journal.write(
        connection,
        "t|r01",
        2,
        turn(
            2,
            RunStatus.WAITING,
            Journal.task(2, "/do/0/ask"),
            Journal.asked(2, "/do/0/ask", "a1")));
    Journal.write(connection, "talk|x", 1, begin());
    Fact task = Journal.task(2, "/do/0/ask");
    Journal.write(
        connection, "talk|x", 2, turn(2, RunStatus.RUNNING, task, Journal.message(2, "x-2")));
    Journal.talk(connection, "session|talk|ada|x-2", "x-2", "x-22");
    Journal.write(connection, "long|x", 1, begin());
    for (int i = 2; i <= LONG_TURNS; i++) {
      boolean last = i == LONG_TURNS;
      Fact[] facts = {
        new Fact.RunResumed("user:ada"), last ? Journal.completed() : new Fact.RunResumed("b")
      };
      RunStatus status = last ? RunStatus.COMPLETED : RunStatus.RUNNING;
      Journal.write(connection, "long|x", i, turn(2L * i - 2, status, facts));
    }
    return 0;
  }

  private static Views views() {
    return views.orElseThrow();
  }

  private static Reply list(java.util.function.UnaryOperator<ViewQuery.ListRuns> change) {
    return views().ask(replyTo -> change.apply(Views.all("t", 500, Optional.empty(), replyTo)));
  }

  private static List<String> ids(Reply reply) {
    return ((Reply.Runs) reply).items().stream().map(RunRow::id).toList();
  }

  @Test
  void pagesGoThroughTheListNewestFirstWithoutHoleOrRepeat() {
    List<String> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Reply.Runs page = views().list("t", 7, cursor);
      page.items().forEach(run -> seen.add(run.id()));
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    assertThat(seen)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(0, 23).mapToObj(i -> "r%02d".formatted(23 - i)).toList());
  }

  @Test
  void everyConditionNarrowsTheList() {
    assertThat(ids(list(q -> with(q, "completed", "", "", "", "")))).containsExactly("r00");
    assertThat(ids(list(q -> with(q, "", "refund", "", "", "")))).hasSize(4);
    assertThat(ids(list(q -> with(q, "", "order", "team=red", "", "")))).hasSize(10);
    assertThat(ids(list(q -> with(q, "", "", "", "R07", "")))).containsExactly("r07");
    assertThat(ids(list(q -> with(q, "", "", "", "shop/refund team=blue", "")))).hasSize(2);
    assertThat(ids(list(q -> with(q, "", "", "", "100% '_", "")))).isEmpty();
    assertThat(ids(list(q -> with(q, "", "", "", "", "2026-01-01T00:00:04Z")))).hasSize(4);
  }

  private static ViewQuery.ListRuns with(
      ViewQuery.ListRuns all,
      String status,
      String workflow,
      String label,
      String text,
      String from) {
    return new ViewQuery.ListRuns(
        all.tenant(),
        set(status),
        Optional.empty(),
        set(workflow),
        set(label),
        set(text),
        set(from).map(Instant::parse),
        Optional.empty(),
        false,
        all.limit(),
        all.cursor(),
        all.replyTo());
  }

  private static Optional<String> set(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  @Test
  void aTenantSeesItsOwnRunsOnly() {
    assertThat(views().ids("other")).containsExactly("r01");
    assertThat(views().ids("nobody")).isEmpty();
  }

  @Test
  void whatCannotBeAskedForIsRefusedWithThePlaceAtFault() {
    assertThat(fault(list(q -> with(q, "done", "", "", "", "")))).isEqualTo("/status");
    assertThat(fault(list(q -> with(q, "", "", "team", "", "")))).isEqualTo("/label");
    assertThat(fault(views().ask(to -> Views.all("t", 5, Optional.of("bad"), to))))
        .isEqualTo("/cursor");
  }

  private static String fault(Reply reply) {
    Refusal refusal = ((Reply.Refused) reply).refusal();
    return ((Refusal.Invalid) refusal).faults().getFirst().pointer();
  }

  @Test
  void approvalsAreListedWithWhatIsAsked() {
    Reply reply =
        views()
            .ask(
                to ->
                    new ViewQuery.ListApprovals(
                        "t", Optional.of("open"), 50, Optional.empty(), to));
    List<ApprovalView> items = ((Reply.Approvals) reply).items();
    assertThat(items).hasSize(1);
    assertThat(items.getFirst().run()).isEqualTo("r01");
    assertThat(items.getFirst().approvers()).containsExactly("role:officer");
    assertThat(views().list("t", 500, Optional.empty()).items())
        .filteredOn(run -> run.id().equals("r01"))
        .singleElement()
        .satisfies(run -> assertThat(run.waitingFor()).containsExactly("approval /do/0/ask"));
  }

  @Test
  void aHistoryGoesOnFromAnyNumberAndSaysWhenItHasEnded() {
    RunId run = new RunId("long", "x");
    long most = 2L * LONG_TURNS - 1;
    for (long after : new long[] {0, 1, 2, 777, 778, most - 1, most, most + 5}) {
      Reply.Events events =
          (Reply.Events) views().ask(to -> new ViewQuery.History(run, after, 300, to));
      long last = Math.min(after + 300, most);
      assertThat(events.items())
          .extracting(HistoryEvent::seq)
          .containsExactlyElementsOf(LongStream.rangeClosed(after + 1, last).boxed().toList());
      assertThat(events.ended()).as("after %d", after).isEqualTo(last == most);
    }
  }

  @Test
  void aRunningRunsHistoryHasNotEnded() {
    Reply.Events events =
        (Reply.Events) views().ask(to -> new ViewQuery.History(new RunId("t", "r05"), 0, 100, to));
    assertThat(events.items()).hasSize(1);
    assertThat(events.ended()).isFalse();
  }

  @Test
  void anUnknownRunIsNotFound() {
    RunId nobody = new RunId("t", "nobody");
    assertThat(views().ask(to -> new ViewQuery.History(nobody, 0, 10, to)))
        .isEqualTo(new Reply.Refused(new Refusal.NotFound("there is no run nobody")));
    assertThat(views().ask(to -> new ViewQuery.Trace(nobody, to)))
        .isEqualTo(new Reply.Refused(new Refusal.NotFound("there is no run nobody")));
  }

  @Test
  void aTraceIsOneTree() {
    Reply.Spans spans =
        (Reply.Spans) views().ask(to -> new ViewQuery.Trace(new RunId("t", "r01"), to));
    assertThat(spans.root().at("/children/0/task").textValue()).isEqualTo("/do/0/ask");
    assertThat(spans.root().at("/children/0/children/0/kind").textValue()).isEqualTo("approval");
  }

  @Test
  void aTraceShowsTheModelCallsOfItsOwnMessageOnly() {
    Reply.Spans spans =
        (Reply.Spans) views().ask(to -> new ViewQuery.Trace(new RunId("talk", "x"), to));
    var agent = spans.root().at("/children/0/children/0");
    assertThat(agent.path("name").textValue()).isEqualTo("ada");
    assertThat(agent.path("children")).hasSize(1);
    assertThat(agent.at("/children/0/id").textValue()).isEqualTo("x-2/1");
    assertThat(agent.at("/children/0/status").textValue()).isEqualTo("running");
  }

  @Test
  void whatTheDatabaseCannotHoldDoesNotStopTheViews() {
    RunRow run = views().list("odd", 1, Optional.empty()).items().getFirst();
    assertThat(run.workflow()).isEqualTo("odd\ufffdname");
    assertThat(run.labels()).containsEntry("a\ufffdb", "c\ufffdd");
  }
}
