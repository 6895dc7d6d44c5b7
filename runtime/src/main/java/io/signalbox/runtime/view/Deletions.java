package io.signalbox.runtime.view;

import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.storage.Columns;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes deleted runs out of all views, and puts a tombstone up in their place; the rows of their
 * journals are purged from there, a batch at a time.
 */
final class Deletions {
  private static final String GONE =
      """
      with gone as (select tenant, run, id, status, turns, head, ended_at, at, deleted_by, reason
          from %s as row (tenant, run, id, status, turns, head, ended_at, at, deleted_by, reason)),
        approvals as (delete from approval_view v using gone
          where v.tenant = gone.tenant and v.run = gone.run),
        listening as (delete from subscription s using gone
          where s.tenant = gone.tenant and s.run = gone.run),
        expected as (delete from delivery d using gone
          where d.tenant = gone.tenant and d.run = gone.run),
        hidden as (delete from pseudonym p using gone
          where p.tenant = gone.tenant and p.run = gone.run),
        referred as (delete from blob_reference b using gone where b.persistence_id = gone.id),
        woken as (delete from wake w using gone
          where w.kind = 'run' and w.entity_id = gone.tenant || '|' || gone.run),
        shown as (delete from run_view v using gone
          where v.tenant = gone.tenant and v.id = gone.run)
      insert into tombstone
        (persistence_id, tenant, run, status, turns, head, ended_at, deleted_at, deleted_by, reason)
      select gone.id, gone.tenant, gone.run, gone.status, cast(gone.turns as bigint), gone.head,
        cast(gone.ended_at as timestamptz), cast(gone.at as timestamptz), gone.deleted_by,
        gone.reason
      from gone
      on conflict do nothing
      """;

  private final Columns rows = new Columns(10);

  /** Whether the row says that its run, which the views showed so before, was deleted. */
  boolean add(StoredRow row, Turn turn, Optional<RunLine> before) {
    boolean deletes = false;
    for (Fact fact : turn.facts()) {
      if (fact instanceof Fact.RunDeleted deleted) {
        deletes = true;
        String entity = row.entityId();
        int bar = entity.indexOf('|');
        rows.add(
            entity.substring(0, bar),
            entity.substring(bar + 1),
            row.persistenceId(),
            deleted.status().text(),
            Long.toString(row.sequenceNumber() - 1),
            turn.previous(),
            before.flatMap(RunLine::endedAt).map(Instant::toString).orElse(null),
            turn.at().toString(),
            deleted.by(),
            deleted.reason().orElse(""));
      }
    }
    return deletes;
  }

  void store(Connection connection) throws SQLException {
    rows.execute(connection, GONE);
  }
}
