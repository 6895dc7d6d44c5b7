package io.signalbox.runtime.view;

import io.signalbox.runtime.storage.Columns;
import io.signalbox.runtime.view.WakeProjection.Wake;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/** Keeps the waker's table as the journal says. */
final class WakeTable {
  private final Connection connection;

  WakeTable(Connection connection) {
    this.connection = connection;
  }

  void store(Collection<Wake> wakes) throws SQLException {
    Columns kept = new Columns(4);
    Columns done = new Columns(2);
    for (Wake wake : wakes) {
      wake.due()
          .ifPresentOrElse(
              due ->
                  kept.add(
                      wake.kind(), wake.entityId(), Long.toString(wake.seenAt()), due.toString()),
              () -> done.add(wake.kind(), wake.entityId()));
    }
    kept.execute(
        connection,
        """
        insert into wake (kind, entity_id, seen_at, due, next_check)
        select kind, entity_id, cast(seen_at as bigint), cast(due as timestamptz),
          cast(due as timestamptz)
        from %s as row (kind, entity_id, seen_at, due)
        on conflict (kind, entity_id) do update set seen_at = excluded.seen_at,
          due = excluded.due, next_check = excluded.next_check, attempts = 0
        """);
    done.execute(
        connection,
        "delete from wake where (kind, entity_id) in (select kind, entity_id from %s"
            + " as row (kind, entity_id))");
  }
}
