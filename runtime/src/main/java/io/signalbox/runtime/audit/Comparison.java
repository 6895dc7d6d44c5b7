package io.signalbox.runtime.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.signalbox.protocol.Json;
import io.signalbox.runtime.audit.Verification.Fault;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
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

  /** Up to these heads, which the view is of. */
  Comparison(Map<String, Head> heads) {
    this.heads = heads;
  }

  void row(Verification.Row row, Link link) {
    Head head = heads.get(row.id());
    if (head == null || row.seq() > head.seq()) {
      return;
    }
    Entries.starter(link.turn()).ifPresent(by -> starters.put(row.id(), by));
    if (link.deletes()) {
      sums.remove(row.id()); // the view forgot the rest with the run
    }
    for (Entry entry :
        Entries.of(row.id(), row.seq(), link.turn(), starters.getOrDefault(row.id(), ""))) {
      add(row.id(), entry.text(), 1);
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
            "select at, id, persistence_id, seq_nr, run, actor, action, target, result, rule, body"
                + " from audit_entry where tenant = ?")) {
      statement.setString(1, tenant);
      statement.setFetchSize(500);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Entry entry = entry(tenant, row);
          add(entry.source(), entry.text(), -1);
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

  private static Entry entry(String tenant, ResultSet row) throws SQLException {
    String id = row.getString(2);
    try {
      return new Entry(
          tenant,
          row.getObject(1, OffsetDateTime.class).toInstant(),
          row.getString(3),
          row.getLong(4),
          Integer.parseInt(id.substring(id.lastIndexOf('#') + 1)),
          row.getString(5),
          row.getString(6),
          row.getString(7),
          row.getString(8),
          row.getString(9),
          row.getString(10),
          Json.MAPPER.readTree(row.getString(11)));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
