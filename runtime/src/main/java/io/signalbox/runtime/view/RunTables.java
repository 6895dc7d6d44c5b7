package io.signalbox.runtime.view;

import com.fasterxml.jackson.core.type.TypeReference;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.RunStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables run_view and approval_view, as {@link RunProjection} wants them. */
final class RunTables {
  private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};
  private static final TypeReference<Map<Long, RunLine.Open>> OPEN = new TypeReference<>() {};
  private static final String AMONG =
      "(tenant, %s) in (select * from unnest(cast(? as text[]), cast(? as text[])))";

  private final Connection connection;

  RunTables(Connection connection) {
    this.connection = connection;
  }

  /** These runs with their open approvals; runs not seen before are empty. */
  Map<RunId, RunProjection> load(List<RunId> ids) throws SQLException {
    Map<RunId, RunProjection> runs = new HashMap<>();
    ids.forEach(id -> runs.put(id, RunProjection.none(id)));
    if (ids.isEmpty()) {
      return runs;
    }
    for (RunLine line : lines(ids)) {
      runs.put(line.run(), new RunProjection(line.run(), Optional.of(line), Map.of()));
    }
    approvals(ids)
        .forEach(
            (id, approvals) ->
                runs.computeIfPresent(
                    id, (_, run) -> new RunProjection(id, run.line(), approvals)));
    return runs;
  }

  private List<RunLine> lines(List<RunId> ids) throws SQLException {
    String sql =
        "select tenant, id, namespace, workflow, version, digest, status, labels, started_at,"
            + " ended_at, hidden, open from run_view where "
            + AMONG.formatted("id");
    return Rows.all(
        connection,
        sql,
        statement -> bind(statement, ids),
        row ->
            new RunLine(
                new RunId(row.getString(1), row.getString(2)),
                new WorkflowRef(row.getString(3), row.getString(4), row.getString(5)),
                row.getString(6),
                RunStatus.parse(row.getString(7)),
                Rows.json(row.getString(8), LABELS),
                Rows.instant(row, "started_at"),
                Rows.maybeInstant(row, "ended_at"),
                row.getBoolean(11),
                Rows.json(row.getString(12), OPEN)));
  }

  private Map<RunId, Map<String, ApprovalView>> approvals(List<RunId> ids) throws SQLException {
    String sql =
        "select tenant, body from approval_view where status = 'open' and "
            + AMONG.formatted("run");
    Map<RunId, Map<String, ApprovalView>> found = new HashMap<>();
    Rows.each(
        connection,
        sql,
        statement -> bind(statement, ids),
        row -> {
          ApprovalView approval = Rows.json(row.getString(2), new TypeReference<>() {});
          found
              .computeIfAbsent(new RunId(row.getString(1), approval.run()), _ -> new HashMap<>())
              .put(approval.id(), approval);
        });
    return found;
  }

  private void bind(PreparedStatement statement, List<RunId> ids) throws SQLException {
    Object[] tenants = ids.stream().map(RunId::tenant).toArray();
    Object[] runs = ids.stream().map(RunId::id).toArray();
    statement.setArray(1, connection.createArrayOf("text", tenants));
    statement.setArray(2, connection.createArrayOf("text", runs));
  }

  void store(Collection<RunProjection> runs) throws SQLException {
    try (PreparedStatement line =
            connection.prepareStatement(
                """
                insert into run_view (tenant, id, namespace, workflow, version, digest, status,
                  labels, started_at, ended_at, waiting_for, hidden, search, open)
                values (?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), ?, ?, cast(? as jsonb), ?, ?,
                  cast(? as jsonb))
                on conflict (tenant, id) do update set status = excluded.status,
                  ended_at = excluded.ended_at, waiting_for = excluded.waiting_for,
                  open = excluded.open
                """);
        PreparedStatement approval =
            connection.prepareStatement(
                """
                insert into approval_view (tenant, id, run, status, requested_at, body)
                values (?, ?, ?, ?, ?, cast(? as json))
                on conflict (tenant, id) do update set status = excluded.status,
                  body = excluded.body
                """)) {
      for (RunProjection run : runs) {
        if (run.line().isPresent()) {
          add(line, run.line().get());
        }
        for (ApprovalView view : run.approvals().values()) {
          add(approval, run.run().tenant(), view);
        }
      }
      line.executeBatch();
      approval.executeBatch();
    }
  }

  private static void add(PreparedStatement statement, RunLine line) throws SQLException {
    statement.setString(1, line.run().tenant());
    statement.setString(2, line.run().id());
    statement.setString(3, line.workflow().namespace());
    statement.setString(4, line.workflow().name());
    statement.setString(5, line.workflow().version());
    statement.setString(6, line.digest());
    statement.setString(7, line.status().text());
    statement.setString(8, Rows.text(line.labels()));
    statement.setObject(9, line.startedAt().atOffset(ZoneOffset.UTC));
    statement.setObject(10, Rows.orNull(line.endedAt()));
    statement.setString(11, Rows.text(line.waitingFor()));
    statement.setBoolean(12, line.hidden());
    statement.setString(13, line.search());
    statement.setString(14, Rows.text(line.open()));
    statement.addBatch();
  }

  private static void add(PreparedStatement statement, String tenant, ApprovalView view)
      throws SQLException {
    statement.setString(1, tenant);
    statement.setString(2, view.id());
    statement.setString(3, view.run());
    statement.setString(4, view.status());
    statement.setObject(5, view.requestedAt().atOffset(ZoneOffset.UTC));
    statement.setString(6, Rows.text(view));
    statement.addBatch();
  }
}
