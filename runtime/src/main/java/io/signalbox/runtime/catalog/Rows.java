package io.signalbox.runtime.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.catalog.Resource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads resources from rows. */
final class Rows {
  static final String COLUMNS =
      " r.ordinal, r.kind, r.namespace, r.name, r.version, r.digest, r.body, r.source, r.created_at ";

  private Rows() {}

  /** A resource and its place in the order of all. */
  record Row(long ordinal, Resource resource) {}

  static List<Row> all(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      List<Row> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(row(result));
        }
      }
      return rows;
    }
  }

  static Optional<Resource> first(Connection connection, String sql, Object... values)
      throws SQLException {
    return all(connection, sql, values).stream().findFirst().map(Row::resource);
  }

  static int change(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  static boolean any(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }

  static long number(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() ? result.getLong(1) : 0;
      }
    }
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static Row row(ResultSet result) throws SQLException {
    return new Row(
        result.getLong("ordinal"),
        new Resource(
            result.getString("kind"),
            result.getString("namespace"),
            result.getString("name"),
            result.getString("version"),
            result.getString("digest"),
            json(result.getString("body")),
            result.getString("source"),
            result.getTimestamp("created_at").toInstant()));
  }

  private static JsonNode json(String text) throws SQLException {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new SQLException("a stored body is not JSON", e);
    }
  }
}
