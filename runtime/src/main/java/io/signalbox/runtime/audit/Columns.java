package io.signalbox.runtime.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many rows in one statement: each column travels as one array of texts, cast by the statement. */
final class Columns {
  private final int width;
  private final List<String[]> rows = new ArrayList<>();

  Columns(int width) {
    this.width = width;
  }

  void add(String... row) {
    rows.add(row);
  }

  /** Executes the statement, whose {@code %s} becomes the rows as a table; nothing without rows. */
  void execute(Connection connection, String sql) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    String arrays =
        IntStream.range(0, width)
            .mapToObj(_ -> "cast(? as text[])")
            .collect(Collectors.joining(", ", "unnest(", ")"));
    try (PreparedStatement statement = connection.prepareStatement(sql.formatted(arrays))) {
      for (int column = 0; column < width; column++) {
        int at = column;
        Object[] values = rows.stream().map(row -> row[at]).toArray();
        statement.setArray(column + 1, connection.createArrayOf("text", values));
      }
      statement.executeUpdate();
    }
  }
}
