package io.signalbox.runtime.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.signalbox.protocol.Json;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the statements of event routing have in common: whole columns are sent as one array each.
 */
final class Sql {
  private Sql() {}

  /** One column of the rows, for {@code unnest}. */
  static <T> Array texts(Connection c, List<T> rows, Function<T, @Nullable Object> column)
      throws SQLException {
    @Nullable Object[] values = new @Nullable Object[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = column.apply(rows.get(i));
    }
    return c.createArrayOf("text", values);
  }

  static <T> Array integers(Connection c, List<T> rows, Function<T, Integer> column)
      throws SQLException {
    return c.createArrayOf("integer", rows.stream().map(column).toArray());
  }

  /** Parameters from 1 on, arrays or plain values. */
  static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  static int update(Connection c, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return Json.MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a routing table holds what is not a " + type, e);
    }
  }
}
