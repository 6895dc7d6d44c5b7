package io.signalbox.runtime.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** One page of a tenant's table, newest first, from just behind where the last page ended. */
final class Page {
  static final int MOST = 500;

  private final String table;
  private final String time;
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  Page(String table, String time, String tenant) {
    this.table = table;
    this.time = time;
    where("tenant = ?", tenant);
  }

  void where(String condition, Object... parameters) {
    conditions.add(condition);
    values.addAll(List.of(parameters));
  }

  <T, R> R read(
      Connection connection,
      String columns,
      int limit,
      Optional<String> cursor,
      Rows.Read<T> item,
      BiFunction<List<T>, Optional<String>, R> reply)
      throws SQLException {
    cursor
        .map(Cursor::parse)
        .ifPresent(from -> where("(" + time + ", id) < (?, ?)", from.at(), from.id()));
    int size = Math.clamp(limit, 1, MOST);
    String sql =
        "select id, %2$s, %3$s from %1$s where %4$s order by %2$s desc, id desc limit %5$d"
            .formatted(table, time, columns, String.join(" and ", conditions), size + 1);
    List<Cursor> places = new ArrayList<>();
    List<T> items =
        Rows.all(
            connection,
            sql,
            this::bind,
            row -> {
              places.add(new Cursor(Rows.instant(row, time), row.getString("id")));
              return item.from(row);
            });
    if (items.size() <= size) {
      return reply.apply(items, Optional.empty());
    }
    return reply.apply(items.subList(0, size), Optional.of(places.get(size - 1).text()));
  }

  private void bind(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      statement.setObject(i + 1, value instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : value);
    }
  }
}
