package io.signalbox.runtime.view;

import com.fasterxml.jackson.core.type.TypeReference;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.runtime.storage.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
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
    Columns lines = new Columns(14);
    Columns approvals = new Columns(6);
    for (RunProjection run : runs) {
      run.line().ifPresent(line -> add(lines, line));
      run.approvals().values().forEach(view -> add(approvals, run.run().tenant(), view));
    }
    lines.execute(
        connection,
        """
        insert into run_view (tenant, id, namespace, workflow, version, digest, status, labels,
          started_at, ended_at, waiting_for, hidden, search, open)
        select tenant, id, namespace, workflow, version, digest, status, cast(labels as jsonb),
          cast(started_at as timestamptz), cast(ended_at as timestamptz),
          cast(waiting_for as jsonb), cast(hidden as boolean), search, cast(open as jsonb)
        from %s as row (tenant, id, namespace, workflow, version, digest, status, labels,
          started_at, ended_at, waiting_for, hidden, search, open)
        on conflict (tenant, id) do update set status = excluded.status,
          version = excluded.version, digest = excluded.digest, labels = excluded.labels,
          search = excluded.search, ended_at = excluded.ended_at, waiting_for = excluded.waiting_for, open = excluded.open
        """);
    approvals.execute(
        connection,
        """
        insert into approval_view (tenant, id, run, status, requested_at, body)
        select tenant, id, run, status, cast(requested_at as timestamptz), cast(body as json)
        from %s as row (tenant, id, run, status, requested_at, body)
        on conflict (tenant, id) do update set status = excluded.status, body = excluded.body
        """);
  }

  private static void add(Columns lines, RunLine line) {
    lines.add(
        line.run().tenant(),
        line.run().id(),
        line.workflow().namespace(),
        line.workflow().name(),
        line.workflow().version(),
        line.digest(),
        line.status().text(),
        binary(line.labels()),
        line.startedAt().toString(),
        line.endedAt().map(Instant::toString).orElse(null),
        binary(line.waitingFor()),
        Boolean.toString(line.hidden()),
        line.search(),
        binary(line.open()));
  }

  private static void add(Columns approvals, String tenant, ApprovalView view) {
    approvals.add(
        tenant,
        view.id(),
        view.run(),
        view.status(),
        view.requestedAt().toString(),
        Rows.text(view));
  }

  /** For jsonb, which takes no escaped NUL either. */
  private static String binary(Object value) {
    return Rows.text(value).replace("\\u0000", "\\ufffd");
  }
}
