package io.signalbox.runtime.view;

import io.signalbox.runtime.view.WakeProjection.Wake;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;

/** Keeps the waker's table as the journal says. */
final class WakeTable {
  private final Connection connection;

  WakeTable(Connection connection) {
    this.connection = connection;
  }

  void store(Collection<Wake> wakes) throws SQLException {
    try (PreparedStatement upsert =
            connection.prepareStatement(
                """
                insert into wake (kind, entity_id, seen_at, due, next_check) values (?, ?, ?, ?, ?)
                on conflict (kind, entity_id) do update set seen_at = excluded.seen_at,
                  due = excluded.due, next_check = excluded.next_check, attempts = 0
                """);
        PreparedStatement delete =
            connection.prepareStatement("delete from wake where kind = ? and entity_id = ?")) {
      for (Wake wake : wakes) {
        if (wake.due().isPresent()) {
          OffsetDateTime due = wake.due().get().atOffset(ZoneOffset.UTC);
          upsert.setString(1, wake.kind());
          upsert.setString(2, wake.entityId());
          upsert.setLong(3, wake.seenAt());
          upsert.setObject(4, due);
          upsert.setObject(5, due);
          upsert.addBatch();
        } else {
          delete.setString(1, wake.kind());
          delete.setString(2, wake.entityId());
          delete.addBatch();
        }
      }
      upsert.executeBatch();
      delete.executeBatch();
    }
  }
}
