package io.signalbox.runtime.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.storage.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The table that is searched, filled with what a batch of the journal's rows says. It holds what
 * can be asked for; the details stay in the rows themselves.
 */
public final class EntryTable {
  private final List<Entry> entries = new ArrayList<>();
  private final Set<String> gone = new HashSet<>();

  /** A run's row. */
  public void run(String id, long seq, Turn turn, String startedBy) {
    entries.addAll(Entries.ofRun(id, seq, turn, startedBy));
  }

  /** A row of any other kind. */
  public void other(String id, long seq, JsonNode turn) {
    entries.addAll(Entries.ofOther(id, seq, turn));
  }

  /** What a deleted run did is no longer in the journal, and so no longer here. */
  public void forget(String id) {
    gone.add(id);
    entries.removeIf(entry -> entry.source().equals(id));
  }

  /** Writes it all, in the caller's transaction. */
  public void store(Connection connection) throws SQLException {
    if (!gone.isEmpty()) {
      try (PreparedStatement statement =
          connection.prepareStatement("delete from audit_entry where persistence_id = any(?)")) {
        statement.setArray(1, connection.createArrayOf("text", gone.toArray()));
        statement.executeUpdate();
      }
    }
    Columns rows = new Columns(11);
    for (Entry it : entries) {
      rows.add(
          it.source(),
          Long.toString(it.seq()),
          Integer.toString(it.place()),
          it.tenant(),
          it.at().toString(),
          it.about(),
          it.actor(),
          it.action(),
          it.target(),
          it.result(),
          it.rule());
    }
    rows.execute(
        connection,
        """
        insert into audit_entry (persistence_id, seq_nr, place, tenant, at, about, actor, action,
          target, result, rule)
        select id, cast(seq_nr as bigint), cast(place as int), tenant, cast(at as timestamptz),
          about, actor, action, target, result, rule
        from %s as row (id, seq_nr, place, tenant, at, about, actor, action, target, result, rule)
        on conflict do nothing
        """);
  }
}
