package io.signalbox.runtime.view;

import io.signalbox.protocol.view.ViewQuery.Places;
import io.signalbox.protocol.view.ViewQuery.Reply;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/** The namespaces of single runs. */
final class RunPlaces {
  private RunPlaces() {}

  static Reply of(Connection connection, Places query) throws SQLException {
    return new Reply.Placed(
        Rows.all(
                connection,
                "select id, namespace from run_view where tenant = ? and id = any (?)",
                statement -> {
                  statement.setString(1, query.tenant());
                  statement.setArray(2, connection.createArrayOf("text", query.runs().toArray()));
                },
                row -> Map.entry(row.getString(1), row.getString(2)))
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
