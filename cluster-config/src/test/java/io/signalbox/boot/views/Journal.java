package io.signalbox.boot.views;

import com.fasterxml.jackson.databind.node.NullNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Stored;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.agent.SessionFact;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.Turn;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes rows as the journal plugin does. */
final class Journal {
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final String INSERT =
      """
      insert into event_journal (persistence_id, sequence_number, writer, write_timestamp,
        adapter_manifest, event_ser_id, event_ser_manifest, event_payload)
      values (?, ?, 'test', 0, '', 7001, ?, ?)
      """;

  private Journal() {}

  static void write(
      Connection connection, String persistenceId, long sequence, String name, Stored turn)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, persistenceId);
      statement.setLong(2, sequence);
      statement.setString(3, name);
      statement.setBytes(4, JournalRow.of(turn).bytes());
      statement.executeUpdate();
    }
  }

  static void write(Connection connection, String run, long sequence, Turn turn)
      throws SQLException {
    write(connection, "run|" + run, sequence, "turn", turn);
  }

  /** The next row written gets this ordering, whenever it is written. */
  static long ordering(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var row = statement.executeQuery("select nextval('event_journal_ordering_seq')")) {
      row.next();
      return row.getLong(1);
    }
  }

  static Turn turn(long firstSeq, RunStatus status, Fact... facts) {
    return new Turn(
        firstSeq, BEGIN.plusSeconds(firstSeq), "", List.of(facts), status, Optional.empty());
  }

  static Turn due(Turn turn, Instant due) {
    return new Turn(
        turn.firstSeq(), turn.at(), turn.previous(), turn.facts(), turn.status(), Optional.of(due));
  }

  static Turn at(Turn turn, Instant at) {
    return new Turn(turn.firstSeq(), at, turn.previous(), turn.facts(), turn.status(), turn.due());
  }

  static Fact started(String workflow, Map<String, String> labels, boolean hidden) {
    return new Fact.RunStarted(
        new WorkflowRef("shop", workflow, "1.0.0"),
        "digest",
        Json.object(),
        Optional.empty(),
        labels,
        "user:ada",
        hidden,
        Optional.empty(),
        Optional.empty());
  }

  static Turn begin() {
    return turn(1, RunStatus.RUNNING, started("order", Map.of(), false));
  }

  static Fact task(long id, String pointer) {
    return new Fact.TaskStarted(
        id, 1, pointer, Fact.Shape.LEAF, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Fact asked(long id, String pointer, String approval) {
    return new Fact.ApprovalRequested(
        id,
        pointer,
        approval,
        "Ship it?",
        NullNode.getInstance(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "user:ada",
        List.of("role:officer"),
        1,
        Optional.empty(),
        List.of(),
        List.of());
  }

  static Fact completed() {
    return new Fact.RunCompleted(Json.object());
  }

  /** A message to the agent ada. */
  static Fact message(long id, String key) {
    return new Fact.CallDispatched(
        id,
        "/do/0/ask",
        key,
        1,
        CallKind.AGENT,
        "ada",
        Json.object(),
        Optional.empty(),
        OnUnknownOutcome.IDEMPOTENT,
        BEGIN,
        Optional.empty(),
        Optional.empty());
  }

  /** A session in which a model is asked once for each message. */
  static void talk(Connection connection, String id, String... keys) throws SQLException {
    for (int i = 0; i < keys.length; i++) {
      SessionTurn turn =
          new SessionTurn(BEGIN, "", List.of(new SessionFact.ModelAsked(keys[i], 1)), true);
      write(connection, id, i + 1, "session-turn", turn);
    }
  }
}
