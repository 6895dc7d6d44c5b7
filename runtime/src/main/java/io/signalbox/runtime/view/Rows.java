package io.signalbox.runtime.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.signalbox.protocol.blob.KeptJson;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What reading rows takes, said once. */
final class Rows {
  private Rows() {}

  /** Sets a statement's parameters. */
  @FunctionalInterface
  interface Bind {
    void to(PreparedStatement statement) throws SQLException;
  }

  /** Makes something of the row the result set stands on. */
  @FunctionalInterface
  interface Read<T> {
    T from(ResultSet row) throws SQLException;
  }

  /** Does something with the row the result set stands on. */
  @FunctionalInterface
  interface Take {
    void row(ResultSet row) throws SQLException;
  }

  static <T> List<T> all(Connection connection, String sql, Bind bind, Read<T> read)
      throws SQLException {
    List<T> all = new ArrayList<>();
    each(connection, sql, bind, row -> all.add(read.from(row)));
    return all;
  }

  static void each(Connection connection, String sql, Bind bind, Take take) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind.to(statement);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          take.row(row);
        }
      }
    }
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Optional<Instant> maybeInstant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static String text(Object value) {
    try {
      return KeptJson.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> T json(String text, TypeReference<T> type) {
    try {
      return KeptJson.MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
