package io.signalbox.boot.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks something up for many ids with one statement. */
final class Look {
  private Look() {}

  /** One number for each id, in their order; the statement takes the ids as one array. */
  static List<Long> numbers(Connection c, String sql, List<String> ids) throws SQLException {
    try (PreparedStatement s = c.prepareStatement(sql)) {
      s.setArray(1, c.createArrayOf("text", ids.toArray()));
      try (ResultSet rows = s.executeQuery()) {
        List<Long> found = new ArrayList<>(ids.size());
        while (rows.next()) {
          found.add(rows.getLong(1));
        }
        return found;
      }
    }
  }
}
