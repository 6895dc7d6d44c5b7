package io.signalbox.runtime.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.access.AccessCommand.Reply;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Requests with an Idempotency-Key, and the answers they got. */
final class Claims {
  /**
   * A claim without an answer after this time is one whose node died; the request may come again.
   */
  private static final String STALE = "interval '60 seconds'";

  private static final String KEPT = "interval '24 hours'";

  private Claims() {}

  static Reply claim(Connection c, String tenant, String key, String hash) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "insert into idempotency as i (tenant, key, request_hash) values (?, ?, ?)"
                + " on conflict (tenant, key) do update set request_hash = excluded.request_hash,"
                + " status = null, body = null, claimed_at = now()"
                + " where i.claimed_at < now() - "
                + KEPT
                + " or (i.status is null and i.request_hash = excluded.request_hash"
                + " and i.claimed_at < now() - "
                + STALE
                + ")")) {
      s.setString(1, tenant);
      s.setString(2, key);
      s.setString(3, hash);
      return s.executeUpdate() == 1 ? new Reply.Fresh() : earlier(c, tenant, key, hash);
    }
  }

  static void keep(Connection c, String tenant, String key, int status, JsonNode body)
      throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "update idempotency set status = ?, body = ?::json where tenant = ? and key = ?"
                + " and status is null")) {
      s.setInt(1, status);
      s.setString(2, body.toString());
      s.setString(3, tenant);
      s.setString(4, key);
      s.executeUpdate();
    }
  }

  static void release(Connection c, String tenant, String key) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "delete from idempotency where tenant = ? and key = ? and status is null")) {
      s.setString(1, tenant);
      s.setString(2, key);
      s.executeUpdate();
    }
  }

  /** Drops answers whose time is over, some at a time. */
  static int forget(Connection c) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "delete from idempotency where (tenant, key) in (select tenant, key from idempotency"
                + " where claimed_at < now() - "
                + KEPT
                + " limit 10000)")) {
      return s.executeUpdate();
    }
  }

  private static Reply earlier(Connection c, String tenant, String key, String hash)
      throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "select request_hash, status, body from idempotency where tenant = ? and key = ?")) {
      s.setString(1, tenant);
      s.setString(2, key);
      try (ResultSet row = s.executeQuery()) {
        if (!row.next()) {
          return underWay(); // released just now
        }
        if (!row.getString(1).equals(hash)) {
          String message = "was used for another request; use a new key for each request";
          return new Reply.Refused(
              new Refusal.Invalid(
                  "the Idempotency-Key " + message,
                  List.of(new Fault("/headers/Idempotency-Key", message))));
        }
        int status = row.getInt(2);
        return row.wasNull() ? underWay() : new Reply.Replay(status, json(row.getString(3)));
      }
    }
  }

  private static Reply underWay() {
    return new Reply.Refused(
        new Refusal.Conflict("a request with this Idempotency-Key is under way; ask again later"));
  }

  private static JsonNode json(String text) throws SQLException {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new SQLException("a kept answer is not JSON", e);
    }
  }
}
