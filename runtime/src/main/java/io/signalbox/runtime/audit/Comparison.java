package io.signalbox.runtime.audit;

import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.audit.Verification.Fault;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the search view with what the journal makes of it: of each entity how many entries there
 * are, and the sum of their hashes.
 */
final class Comparison {
  private final Map<String, long[]> sums = new HashMap<>();
  private final Map<String, String> starters = new HashMap<>();
  private final Map<String, Head> heads;
  private final Map<String, Long> searchedFrom;

  /**
   * Up to these heads, which the view is of.
   *
   * @param searchedFrom of entities older than the view: the first row that is in it
   */
  Comparison(Map<String, Head> heads, Map<String, Long> searchedFrom) {
    this.heads = heads;
    this.searchedFrom = searchedFrom;
  }

  void row(Verification.Row row, Link link) {
    Head head = heads.get(row.id());
    if (head == null
        || row.seq() > head.seq()
        || row.seq() < searchedFrom.getOrDefault(row.id(), 1L)) {
      return;
    }
    if (link.deletes()) {
      sums.remove(row.id()); // the view forgot the rest with the run
    }
    for (Entry entry : entries(row, link)) {
      add(row.id(), text(entry), 1);
    }
  }

  private List<Entry> entries(Verification.Row row, Link link) {
    if (!row.id().startsWith("run|")) {
      return Entries.ofOther(row.id(), row.seq(), link.turn());
    }
    try {
      Turn turn = JournalRow.read(row.payload(), Turn.class).turn();
      if (turn.facts().getFirst() instanceof Fact.RunStarted start) {
        starters.put(row.id(), start.startedBy());
      }
      return Entries.ofRun(row.id(), row.seq(), turn, starters.getOrDefault(row.id(), ""));
    } catch (UncheckedIOException unreadable) {
      return List.of(); // that it is not what was written is told by its chain
    }
  }

  private void add(String id, String text, int sign) {
    long[] sum = sums.computeIfAbsent(id, _ -> new long[3]);
    String hash = Tree.hash(text);
    sum[0] += sign;
    sum[1] += sign * Long.parseUnsignedLong(hash.substring(0, 16), 16);
    sum[2] += sign * Long.parseUnsignedLong(hash.substring(16, 32), 16);
  }

  /** Entities whose entries in the view are not those of the journal. */
  List<Fault> differences(Connection connection, String tenant) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select " + SearchTable.COLUMNS + " from audit_entry e where tenant = ?")) {
      statement.setString(1, tenant);
      statement.setFetchSize(500);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Entry entry = SearchTable.entry(row);
          add(entry.source(), text(entry), -1);
        }
      }
    }
    List<Fault> differences = new ArrayList<>();
    sums.forEach(
        (id, sum) -> {
          if (sum[0] != 0 || sum[1] != 0 || sum[2] != 0) {
            differences.add(
                new Fault(id, 0, "the search view does not show what the journal holds"));
          }
        });
    return differences;
  }

  private static String text(Entry entry) {
    return entry.json().put("tenant", entry.tenant()).toString();
  }
}
