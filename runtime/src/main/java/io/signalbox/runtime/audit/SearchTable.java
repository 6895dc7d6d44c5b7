package io.signalbox.runtime.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.audit.Archive.Search;
import io.signalbox.protocol.audit.AuditNote;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Finds entries. */
final class SearchTable {
  private static final int FETCH = 500;

  private final Connection connection;

  SearchTable(Connection connection) {
    this.connection = connection;
  }

  /** A condition and its values. */
  private record Condition(String text, List<Object> values) {}

  ObjectNode page(Search search) throws SQLException {
    Condition where = where(search);
    List<ObjectNode> found = new ArrayList<>();
    each(where, "desc", search.limit() + 1, found::add);
    boolean cut = found.size() > search.limit();
    ObjectNode page = Json.object();
    ArrayNode items = page.putArray("items");
    found.stream().limit(search.limit()).forEach(items::add);
    if (cut) {
      ObjectNode last = found.get(search.limit() - 1);
      String plain = last.path("at").asText() + " " + last.path("id").asText();
      page.put(
          "nextCursor",
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
    }
    return page;
  }

  /** All found, oldest first. */
  <E extends Exception> void all(Search search, JournalRows.Take<ObjectNode, E> take)
      throws SQLException, E {
    each(where(search), "asc", Integer.MAX_VALUE, take);
  }

  private <E extends Exception> void each(
      Condition where, String order, int limit, JournalRows.Take<ObjectNode, E> take)
      throws SQLException, E {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select at, id, run, actor, action, target, result, rule, body from audit_entry where "
                + where.text()
                + " order by at "
                + order
                + ", id "
                + order
                + " limit ?")) {
      int at = 1;
      for (Object value : where.values()) {
        statement.setObject(at++, value);
      }
      statement.setInt(at, limit);
      statement.setFetchSize(FETCH);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          take.one(shown(row));
        }
      }
    }
  }

  private static ObjectNode shown(ResultSet row) throws SQLException {
    ObjectNode json =
        Json.object()
            .put("id", row.getString(2))
            .put("at", row.getObject(1, OffsetDateTime.class).toInstant().toString())
            .put("actor", row.getString(4))
            .put("action", row.getString(5))
            .put("target", row.getString(6))
            .put("result", row.getString(7));
    if (!row.getString(3).isEmpty()) {
      json.put("run", row.getString(3));
    }
    if (!row.getString(8).isEmpty()) {
      json.put("rule", row.getString(8));
    }
    try {
      json.set("detail", Json.MAPPER.readTree(row.getString(9)));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    return json;
  }

  private static Condition where(Search search) {
    List<String> texts = new ArrayList<>(List.of("tenant in (?, ?)"));
    List<Object> values = new ArrayList<>(List.of(
                search.tenant(), search.unnamed() ? AuditNote.NOBODY : search.tenant()));
    is("actor", search.actor(), texts, values);
    is("target", search.target(), texts, values);
    is("run", search.run(), texts, values);
    is("result", search.result(), texts, values);
    search
        .action()
        .ifPresent(
            action -> {
              texts.add("(action = ? or starts_with(action, ? || '.'))");
              values.add(action);
              values.add(action);
            });
    time("at >= ?", search.from(), texts, values);
    time("at < ?", search.to(), texts, values);
    search.cursor().ifPresent(cursor -> behind(cursor, texts, values));
    return new Condition(String.join(" and ", texts), values);
  }

  private static void is(
      String column, Optional<String> wanted, List<String> texts, List<Object> values) {
    wanted.ifPresent(
        value -> {
          texts.add(column + " = ?");
          values.add(value);
        });
  }

  private static void time(
      String condition, Optional<Instant> wanted, List<String> texts, List<Object> values) {
    wanted.ifPresent(
        value -> {
          texts.add(condition);
          values.add(value.atOffset(ZoneOffset.UTC));
        });
  }

  /** Throws {@link IllegalArgumentException} where the cursor is none of ours. */
  private static void behind(String cursor, List<String> texts, List<Object> values) {
    String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    int space = plain.indexOf(' ');
    if (space < 1) {
      throw new IllegalArgumentException("not a cursor of this list");
    }
    try {
      Instant at = Instant.parse(plain.substring(0, space));
      texts.add("(at, id) < (?, ?)");
      values.add(at.atOffset(ZoneOffset.UTC));
      values.add(plain.substring(space + 1));
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException("not a cursor of this list", e);
    }
  }
}
