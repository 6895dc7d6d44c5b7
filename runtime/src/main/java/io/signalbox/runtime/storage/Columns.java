package io.signalbox.runtime.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Many rows in one statement: each column travels as one array of texts, cast by the statement. */
public final class Columns {
  private final int width;
  private final List<@Nullable String[]> rows = new ArrayList<>();

  /** Rows of so many columns. */
  public Columns(int width) {
    this.width = width;
  }

  /** One more row; its values in the order of the columns. */
  public void add(@Nullable String... row) {
    rows.add(row);
  }

  /** Executes the statement, whose {@code %s} becomes the rows as a table; nothing without rows. */
  public void execute(Connection connection, String sql) throws SQLException {
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
        @Nullable Object[] values = rows.stream().map(row -> storable(row[at])).toArray();
        statement.setArray(column + 1, connection.createArrayOf("text", values));
      }
      statement.executeUpdate();
    }
  }

  /** PostgreSQL stores no NUL; one in a title must not stop the views. */
  private static @Nullable String storable(@Nullable String text) {
    return text == null ? null : text.replace('\0', '\ufffd');
  }
}
