package io.signalbox.runtime.view;

import io.signalbox.runtime.storage.Columns;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Which large values the journal refers to: as long as a row says so, a value stays. */
final class BlobReferences {
  private final Columns rows = new Columns(3);

  /** Notes what a row refers to. */
  void add(StoredRow row, Optional<List<String>> claims) {
    String entity = row.entityId();
    int bar = entity.indexOf('|');
    String tenant = bar < 0 ? entity : entity.substring(0, bar);
    claims.orElse(List.of()).forEach(digest -> rows.add(tenant, digest, row.persistenceId()));
  }

  void store(Connection connection) throws SQLException {
    rows.execute(
        connection,
        """
        insert into blob_reference (tenant, digest, persistence_id)
        select distinct tenant, digest, id from %s as row (tenant, digest, id)
        on conflict do nothing
        """);
  }
}
