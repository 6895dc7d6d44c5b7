package io.signalbox.runtime.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Legal holds: what must not be deleted, whatever its retention. */
final class Holds {
  private Holds() {}

  static ObjectNode list(Connection connection, String tenant) throws SQLException {
    ObjectNode page = Json.object();
    ArrayNode items = page.putArray("items");
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select name, namespace, run, reason, placed_by, placed_at from legal_hold"
                + " where tenant = ? order by placed_at desc, name limit 1000")) {
      statement.setString(1, tenant);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          ObjectNode item = items.addObject().put("name", row.getString(1));
          if (!row.getString(2).isEmpty()) {
            item.put("namespace", row.getString(2));
          }
          if (!row.getString(3).isEmpty()) {
            item.put("run", row.getString(3));
          }
          item.put("reason", row.getString(4))
              .put("by", row.getString(5))
              .put("at", row.getObject(6, OffsetDateTime.class).toInstant().toString());
        }
      }
    }
    return page;
  }

  static ObjectNode put(
      Connection connection,
      String tenant,
      String name,
      Optional<String> namespace,
      Optional<String> run,
      String reason,
      String by)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into legal_hold (tenant, name, namespace, run, reason, placed_by)
            values (?, ?, ?, ?, ?, ?)
            on conflict (tenant, name) do update set namespace = excluded.namespace,
              run = excluded.run, reason = excluded.reason, placed_by = excluded.placed_by
            """)) {
      statement.setString(1, tenant);
      statement.setString(2, name);
      statement.setString(3, namespace.orElse(""));
      statement.setString(4, run.orElse(""));
      statement.setString(5, reason);
      statement.setString(6, by);
      statement.executeUpdate();
    }
    ObjectNode hold = Json.object().put("name", name);
    namespace.ifPresent(it -> hold.put("namespace", it));
    run.ifPresent(it -> hold.put("run", it));
    return hold.put("reason", reason).put("by", by);
  }

  static boolean remove(Connection connection, String tenant, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("delete from legal_hold where tenant = ? and name = ?")) {
      statement.setString(1, tenant);
      statement.setString(2, name);
      return statement.executeUpdate() > 0;
    }
  }

  static Optional<String> on(Connection connection, String tenant, String run)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select h.name from legal_hold h where h.tenant = ? and h.run in ('', ?)
              and (h.namespace = '' or h.namespace = (select v.namespace from run_view v
                where v.tenant = h.tenant and v.id = ?)) limit 1
            """)) {
      statement.setString(1, tenant);
      statement.setString(2, run);
      statement.setString(3, run);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }
}
