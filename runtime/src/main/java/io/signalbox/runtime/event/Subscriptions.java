package io.signalbox.runtime.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.EventFilter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The table of who listens. Runs write it themselves, at once; the journal's reader writes it too,
 * a moment later, so that a run that died in between still listens. Both are harmless to repeat.
 */
public final class Subscriptions {
  private Subscriptions() {}

  public static void subscribe(Connection c, RunId run, String id, EventFilter filter)
      throws SQLException {
    Optional<String> type =
        Optional.ofNullable(filter.with().get("type"))
            .filter(t -> t.isTextual() && !t.textValue().strip().startsWith("${"))
            .map(JsonNode::textValue);
    try (PreparedStatement s =
        c.prepareStatement(
            "insert into subscription (tenant, run, id, type, filter) values (?, ?, ?, ?, ?::jsonb)"
                + " on conflict do nothing")) {
      s.setString(1, run.tenant());
      s.setString(2, run.id());
      s.setString(3, id);
      s.setString(4, type.orElse(null));
      s.setString(5, Json.tree(filter).toString());
      s.executeUpdate();
    }
  }

  public static void unsubscribe(Connection c, RunId run, String id) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement("delete from subscription where tenant = ? and id = ?")) {
      s.setString(1, run.tenant());
      s.setString(2, id);
      s.executeUpdate();
    }
  }
}
