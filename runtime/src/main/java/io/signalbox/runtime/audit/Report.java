package io.signalbox.runtime.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** What happened in a period, in numbers, as somebody reports it to an auditor. */
final class Report {
  private static final String OF_PERIOD = " from audit_entry where tenant = ? and at >= ? and at < ? ";
  private static final Map<String, String> PARTS = parts();

  private Report() {}

  private static Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "actions",
        "select action, result, count(*) as count"
            + OF_PERIOD
            + "group by action, result order by count(*) desc, action, result limit 500");
    parts.put(
        "actors",
        "select actor, count(*) as count, count(*) filter (where result = 'refused') as refused"
            + OF_PERIOD
            + "group by actor order by count(*) desc, actor limit 500");
    parts.put(
        "refusals",
        "select rule, action, count(*) as count"
            + OF_PERIOD
            + "and result = 'refused' group by rule, action order by count(*) desc, rule limit 500");
    parts.put(
        "approvals",
        "select actor, action, count(*) as count"
            + OF_PERIOD
            + "and action like 'approval.%' group by actor, action order by actor, action limit 500");
    parts.put(
        "administration",
        "select at, actor, action, target"
            + OF_PERIOD
            + "and persistence_id like 'gate|%' and result = 'done' and action <> 'login'"
            + " order by at limit 1000");
    return parts;
  }

  static ObjectNode of(Connection connection, String tenant, Instant from, Instant to)
      throws SQLException {
    ObjectNode report =
        Json.object().put("from", from.toString()).put("to", to.toString());
    for (Map.Entry<String, String> part : PARTS.entrySet()) {
      report.set(part.getKey(), rows(connection, part.getValue(), tenant, from, to));
    }
    report.set(
        "checkpoints",
        rows(
            connection,
            """
            select count(*) as count, min(number) as first, max(number) as last,
              count(distinct key_id) as keys from audit_checkpoint
            where cast(? as text) <> '' and at >= ? and at < ?
            """,
            tenant,
            from,
            to));
    report.set(
        "holds",
        rows(
            connection,
            """
            select name, namespace, run, reason, placed_by, placed_at from legal_hold
            where tenant = ? and placed_at < greatest(cast(? as timestamptz), ?) order by name
            """,
            tenant,
            from,
            to));
    return report;
  }

  private static ArrayNode rows(
      Connection connection, String sql, String tenant, Instant from, Instant to)
      throws SQLException {
    ArrayNode all = Json.MAPPER.createArrayNode();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, tenant);
      statement.setObject(2, from.atOffset(ZoneOffset.UTC));
      statement.setObject(3, to.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        ResultSetMetaData columns = row.getMetaData();
        while (row.next()) {
          ObjectNode line = all.addObject();
          for (int at = 1; at <= columns.getColumnCount(); at++) {
            String name = columns.getColumnLabel(at);
            switch (row.getObject(at)) {
              case Long number -> line.put(name, number);
              case java.sql.Timestamp time -> line.put(name, time.toInstant().toString());
              case null -> line.putNull(name);
              case Object other -> line.put(name, other.toString());
            }
          }
        }
      }
    }
    return all;
  }
}
