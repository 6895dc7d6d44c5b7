package io.signalbox.runtime.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** The table that is searched. */
final class EntryTable {
  private EntryTable() {}

  static void store(Connection connection, List<Entry> entries) throws SQLException {
    Columns rows = new Columns(12);
    for (Entry it : entries) {
      rows.add(
          it.tenant(),
          it.at().toString(),
          it.id(),
          it.source(),
          Long.toString(it.seq()),
          it.run(),
          it.actor(),
          it.action(),
          it.target(),
          it.result(),
          it.rule(),
          it.detail().toString().replace("\\u0000", "\\ufffd"));
    }
    rows.execute(
        connection,
        """
        insert into audit_entry (tenant, at, id, persistence_id, seq_nr, run, actor, action, target,
          result, rule, body)
        select tenant, cast(at as timestamptz), id, source, cast(seq_nr as bigint), run, actor,
          action, target, result, rule, cast(body as json)
        from %s as row (tenant, at, id, source, seq_nr, run, actor, action, target, result, rule,
          body)
        on conflict do nothing
        """);
  }

  /** What deleted runs did is no longer in the journal, and so no longer here. */
  static void forget(Connection connection, Collection<String> sources) throws SQLException {
    if (sources.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement("delete from audit_entry where persistence_id = any(?)")) {
      statement.setArray(1, connection.createArrayOf("text", sources.toArray()));
      statement.executeUpdate();
    }
  }
}
