package io.signalbox.runtime.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.audit.Archive.Search;
import io.signalbox.protocol.audit.AuditNote;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Finds entries. */
final class SearchTable {
  static final String COLUMNS =
      "e.at, e.persistence_id, e.seq_nr, e.place, e.tenant, e.about, e.actor, e.action, e.target,"
          + " e.result, e.rule";
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
            "select "
                + COLUMNS
                + ", j.event_payload from audit_entry e left join event_journal j"
                + " on (j.persistence_id, j.sequence_number) = (e.persistence_id, e.seq_nr) where "
                + where.text()
                + " order by e.at %1$s, e.persistence_id %1$s, e.seq_nr %1$s, e.place %1$s"
                    .formatted(order)
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

  static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString(5),
        row.getObject(1, OffsetDateTime.class).toInstant(),
        row.getString(2),
        row.getLong(3),
        row.getInt(4),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getString(11));
  }

  /** With what its fact says besides, as it lies in the journal. */
  private static ObjectNode shown(ResultSet row) throws SQLException {
    Entry entry = entry(row);
    byte[] payload = row.getBytes(12);
    ObjectNode json = entry.json();
    if (payload != null) {
      JsonNode turn = Link.of(payload).turn();
      json.set("detail", Entries.detail(turn.at("/facts/" + entry.place())));
    }
    return json;
  }

  private static Condition where(Search search) {
    List<String> texts = new ArrayList<>(List.of("e.tenant in (?, ?)"));
    List<Object> values =
        new ArrayList<>(
            List.of(search.tenant(), search.unnamed() ? AuditNote.NOBODY : search.tenant()));
    is("actor", search.actor(), texts, values);
    is("target", search.target(), texts, values);
    search
        .run()
        .ifPresent(
            run -> {
              texts.add("(e.persistence_id = ? or e.about = ?)");
              values.add("run|" + search.tenant() + "|" + run);
              values.add(run);
            });
    is("result", search.result(), texts, values);
    search
        .action()
        .ifPresent(
            action -> {
              texts.add("(e.action = ? or starts_with(e.action, ? || '.'))");
              values.add(action);
              values.add(action);
            });
    time("e.at >= ?", search.from(), texts, values);
    time("e.at < ?", search.to(), texts, values);
    search.cursor().ifPresent(cursor -> behind(cursor, texts, values));
    return new Condition(String.join(" and ", texts), values);
  }

  private static void is(
      String column, Optional<String> wanted, List<String> texts, List<Object> values) {
    wanted.ifPresent(
        value -> {
          texts.add("e." + column + " = ?");
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
      String id = plain.substring(space + 1);
      int place = id.lastIndexOf('#');
      int seq = id.lastIndexOf('#', place - 1);
      texts.add("(e.at, e.persistence_id, e.seq_nr, e.place) < (?, ?, ?, ?)");
      values.add(at.atOffset(ZoneOffset.UTC));
      values.add(id.substring(0, seq));
      values.add(Long.parseLong(id.substring(seq + 1, place)));
      values.add(Integer.parseInt(id.substring(place + 1)));
    } catch (DateTimeException | NumberFormatException | StringIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not a cursor of this list", e);
    }
  }
}
