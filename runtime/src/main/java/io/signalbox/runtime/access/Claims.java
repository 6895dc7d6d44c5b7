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
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The table of requests made with an Idempotency-Key, and their answers. */
final class Claims {
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Duration STALE = Duration.ofSeconds(60);

  private Claims() {}

  static Reply claim(Connection c, String tenant, String key, String hash, Instant now)
      throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "insert into idempotency (tenant, key, request_hash, claimed_at) values (?, ?, ?, ?)"
                + " on conflict (tenant, key) do update set request_hash = excluded.request_hash,"
                + " claimed_at = excluded.claimed_at, status = null, body = null"
                + " where idempotency.claimed_at < ? or (idempotency.status is null"
                + " and idempotency.claimed_at < ?"
                + " and idempotency.request_hash = excluded.request_hash)")) {
      s.setString(1, tenant);
      s.setString(2, key);
      s.setString(3, hash);
      s.setTimestamp(4, Timestamp.from(now));
      s.setTimestamp(5, Timestamp.from(now.minus(KEPT)));
      s.setTimestamp(6, Timestamp.from(now.minus(STALE)));
      if (s.executeUpdate() == 1) {
        return new Reply.Fresh();
      }
    }
    return before(c, tenant, key, hash);
  }

  private static Reply before(Connection c, String tenant, String key, String hash)
      throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "select request_hash, status, body from idempotency where tenant = ? and key = ?")) {
      s.setString(1, tenant);
      s.setString(2, key);
      try (ResultSet row = s.executeQuery()) {
        if (!row.next()) {
          return new Reply.Fresh();
        }
        if (!row.getString(1).equals(hash)) {
          return new Reply.Refused(
              new Refusal.Invalid(
                  "this Idempotency-Key was used for another request",
                  List.of(new Fault("", "use a new Idempotency-Key for a new request"))));
        }
        int status = row.getInt(2);
        return row.wasNull()
            ? new Reply.Refused(
                new Refusal.Conflict("the first request with this Idempotency-Key is under way"))
            : new Reply.Replay(status, read(row.getString(3)));
      }
    }
  }

  static boolean keep(Connection c, String tenant, String key, int status, JsonNode body)
      throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "update idempotency set status = ?, body = ? where tenant = ? and key = ?")) {
      s.setInt(1, status);
      s.setString(2, body.toString());
      s.setString(3, tenant);
      s.setString(4, key);
      return s.executeUpdate() == 1;
    }
  }

  static boolean release(Connection c, String tenant, String key) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "delete from idempotency where tenant = ? and key = ? and status is null")) {
      s.setString(1, tenant);
      s.setString(2, key);
      return s.executeUpdate() == 1;
    }
  }

  /** Answers older than a day are of no use to anybody. */
  static int sweep(Connection c, Instant now) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "delete from idempotency where ctid in (select ctid from idempotency"
                + " where claimed_at < ? limit 5000)")) {
      s.setTimestamp(1, Timestamp.from(now.minus(KEPT)));
      return s.executeUpdate();
    }
  }

  private static JsonNode read(String body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a kept answer is not JSON", e);
    }
  }
}
