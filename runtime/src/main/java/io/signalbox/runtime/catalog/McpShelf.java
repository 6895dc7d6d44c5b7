package io.signalbox.runtime.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.catalog.CatalogReply.Gone;
import io.signalbox.protocol.catalog.CatalogReply.Mcp;
import io.signalbox.protocol.catalog.CatalogReply.Refused;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.mcp.McpPins;
import io.signalbox.protocol.mcp.McpServer;
import io.signalbox.protocol.mcp.McpStanding;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.definition.Digests;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Servers of the Model Context Protocol and the tools they make, each change within the transaction
 * of the connection it is given.
 */
final class McpShelf {
  private static final String COLUMNS =
      "tenant, digest, body, health, trouble, since, seen_at, offered, accepted";

  private McpShelf() {}

  static CatalogReply put(Connection c, String tenant, McpServer server) throws SQLException {
    lock(c, tenant, server.name());
    JsonNode body = Json.tree(server);
    Rows.change(
        c,
        "insert into mcp_server (tenant, name, digest, body) values (?, ?, ?, ?::json)"
            + " on conflict (tenant, name) do update set digest = excluded.digest,"
            + " body = excluded.body, health = case when mcp_server.digest = excluded.digest"
            + " then mcp_server.health else 'unknown' end",
        tenant,
        server.name(),
        Digests.of(body),
        body.toString());
    return settle(c, tenant, server.name());
  }

  /** News of an offer or of trouble; what was asked of an older definition does not count. */
  static CatalogReply seen(Connection c, CatalogCommand.McpSeen it) throws SQLException {
    lock(c, it.tenant(), it.server());
    Optional<McpStanding> there = one(c, it.tenant(), it.server());
    if (there.isEmpty() || !there.get().digest().equals(it.digest())) {
      return Shelf.missing("there is no such definition of a server '" + it.server() + "'");
    }
    String health = it.offer().isPresent() ? "up" : "down";
    Rows.change(
        c,
        "update mcp_server set since = case when health = ? then since else now() end,"
            + " health = ?, trouble = nullif(?, ''), seen_at = case when ? = 'up' then now() else seen_at end"
            + " where tenant = ? and name = ?",
        health,
        health,
        it.trouble().orElse(""),
        health,
        it.tenant(),
        it.server());
    if (it.offer().isEmpty()) {
      return new Mcp(one(c, it.tenant(), it.server()).stream().toList());
    }
    JsonNode offer = it.offer().get();
    if (!Optional.of(offer).equals(there.get().offered())) {
      // trust on first use: what it said first is what it is held to
      JsonNode accepted =
          there.get().accepted().orElseGet(() -> McpPins.accept(Json.object(), offer, List.of()));
      keep(c, it.tenant(), it.server(), offer, accepted);
    }
    return settle(c, it.tenant(), it.server());
  }

  static CatalogReply accept(Connection c, String tenant, String server, List<String> items)
      throws SQLException {
    lock(c, tenant, server);
    Optional<McpStanding> there = one(c, tenant, server);
    if (there.isEmpty()) {
      return unknown(server);
    }
    Optional<JsonNode> offer = there.get().offered();
    if (offer.isEmpty()) {
      return new Refused(
          new Refusal.Conflict("the server '" + server + "' has not offered anything yet"));
    }
    Set<String> open = new HashSet<>();
    there.get().changes().forEach(change -> open.add(change.item()));
    for (String item : items) {
      if (!open.contains(item)) {
        return new Refused(
            new Refusal.Conflict("'" + item + "' of '" + server + "' has nothing to accept"));
      }
    }
    JsonNode before = there.get().accepted().orElseGet(Json::object);
    keep(c, tenant, server, offer.get(), McpPins.accept(before, offer.get(), items));
    return settle(c, tenant, server);
  }

  static CatalogReply delete(Connection c, String tenant, String server) throws SQLException {
    lock(c, tenant, server);
    int deleted =
        Rows.change(c, "delete from mcp_server where tenant = ? and name = ?", tenant, server);
    if (deleted == 0) {
      return unknown(server);
    }
    for (String tool : tools(c, tenant, server)) {
      Shelf.delete(c, tenant, "tool", tool);
    }
    return new Gone();
  }

  static CatalogReply standings(Connection c, Optional<String> tenant, Optional<String> server)
      throws SQLException {
    List<McpStanding> found = select(c, tenant, server);
    return found.isEmpty() && server.isPresent() ? unknown(server.get()) : new Mcp(found);
  }

  /** Has the tools of the registry say what the server's definition and offer make of them. */
  private static CatalogReply settle(Connection c, String tenant, String server)
      throws SQLException {
    McpStanding standing = one(c, tenant, server).orElseThrow();
    if (standing.offered().isPresent() && standing.accepted().isPresent()) {
      Set<String> old = new HashSet<>(tools(c, tenant, server));
      for (ToolDefinition tool :
          McpTools.of(standing.server(), standing.accepted().get(), standing.offered().get())) {
        boolean taken =
            Shelf.newest(c, tenant, "tool", "", tool.name())
                .filter(it -> !ownedBy(it, server))
                .isPresent();
        if (!taken) {
          Shelf.put(c, tenant, "tool", tool.name(), Json.tree(tool));
          old.remove(tool.name());
        }
      }
      for (String gone : old) {
        Shelf.delete(c, tenant, "tool", gone);
      }
    }
    return new Mcp(List.of(standing));
  }

  private static boolean ownedBy(Resource tool, String server) {
    return tool.body().path("kind").asText().equals("mcp")
        && tool.body().at("/config/server").asText().equals(server);
  }

  private static void keep(
      Connection c, String tenant, String server, JsonNode offer, JsonNode accepted)
      throws SQLException {
    Rows.change(
        c,
        "update mcp_server set offered = ?::json, accepted = ?::json where tenant = ? and name = ?",
        offer.toString(),
        accepted.toString(),
        tenant,
        server);
  }

  private static List<String> tools(Connection c, String tenant, String server)
      throws SQLException {
    return Rows.all(
            c,
            "select"
                + Rows.COLUMNS
                + "from resource r where tenant = ? and kind = 'tool' and deleted_at is null"
                + " and body ->> 'kind' = 'mcp' and body -> 'config' ->> 'server' = ?",
            tenant,
            server)
        .stream()
        .map(it -> it.resource().name())
        .distinct()
        .toList();
  }

  private static Optional<McpStanding> one(Connection c, String tenant, String server)
      throws SQLException {
    return select(c, Optional.of(tenant), Optional.of(server)).stream().findFirst();
  }

  private static List<McpStanding> select(
      Connection c, Optional<String> tenant, Optional<String> server) throws SQLException {
    try (PreparedStatement statement =
        c.prepareStatement(
            "select "
                + COLUMNS
                + " from mcp_server where (?::text is null or tenant = ?)"
                + " and (?::text is null or name = ?) order by tenant, name")) {
      statement.setString(1, tenant.orElse(null));
      statement.setString(2, tenant.orElse(null));
      statement.setString(3, server.orElse(null));
      statement.setString(4, server.orElse(null));
      List<McpStanding> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(standing(rows));
        }
      }
      return found;
    }
  }

  private static McpStanding standing(ResultSet row) throws SQLException {
    try {
      Optional<JsonNode> offered = json(row.getString("offered"));
      Optional<JsonNode> accepted = json(row.getString("accepted"));
      return new McpStanding(
          row.getString("tenant"),
          Json.MAPPER.readValue(row.getString("body"), McpServer.class),
          row.getString("digest"),
          row.getString("health"),
          Optional.ofNullable(row.getString("trouble")),
          Optional.ofNullable(row.getTimestamp("since")).map(Timestamp::toInstant),
          Optional.ofNullable(row.getTimestamp("seen_at")).map(Timestamp::toInstant),
          offered,
          accepted,
          offered.isPresent() && accepted.isPresent()
              ? McpPins.changes(accepted.get(), offered.get())
              : List.of());
    } catch (JsonProcessingException e) {
      throw new SQLException("a stored server cannot be read", e);
    }
  }

  private static Optional<JsonNode> json(@Nullable String text) throws JsonProcessingException {
    return text == null ? Optional.empty() : Optional.of(Json.MAPPER.readTree(text));
  }

  private static CatalogReply unknown(String server) {
    return Shelf.missing("there is no server of the Model Context Protocol '" + server + "'");
  }

  private static void lock(Connection c, String tenant, String server) throws SQLException {
    Rows.number(
        c,
        "select 1 from pg_advisory_xact_lock(hashtextextended(?, 7))",
        String.join("|", tenant, "mcp", server));
  }
}
