package io.signalbox.runtime.access;

import io.signalbox.protocol.access.AccessCommand.Key;
import io.signalbox.protocol.access.Principal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table of keys; secrets are only there as hashes. */
final class Keys {
  private static final int MOST = 500;

  private Keys() {}

  /** Who holds the key with this hash, unless it is revoked or over. */
  static Optional<Principal> holder(Connection c, String hash, Instant now) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "select tenant, principal, roles from api_key where secret_hash = ?"
                + " and revoked_at is null and (expires_at is null or expires_at > ?)")) {
      s.setString(1, hash);
      s.setTimestamp(2, Timestamp.from(now));
      try (ResultSet row = s.executeQuery()) {
        return row.next()
            ? Optional.of(new Principal(row.getString(1), row.getString(2), roles(row, 3), false))
            : Optional.empty();
      }
    }
  }

  static Key create(Connection c, String tenant, Key key, String hash) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "insert into api_key (tenant, id, principal, roles, secret_hash, created_at,"
                + " expires_at) values (?, ?, ?, ?, ?, ?, ?)")) {
      s.setString(1, tenant);
      s.setString(2, key.id());
      s.setString(3, key.principal());
      s.setArray(4, c.createArrayOf("text", key.roles().toArray()));
      s.setString(5, hash);
      s.setTimestamp(6, Timestamp.from(key.createdAt()));
      s.setTimestamp(7, key.expires().map(Timestamp::from).orElse(null));
      s.executeUpdate();
      return key;
    }
  }

  /** The keys in force, newest first. */
  static List<Key> list(Connection c, String tenant) throws SQLException {
    List<Key> keys = new ArrayList<>();
    try (PreparedStatement s =
        c.prepareStatement(
            "select id, principal, roles, created_at, expires_at from api_key"
                + " where tenant = ? and revoked_at is null order by created_at desc, id limit ?")) {
      s.setString(1, tenant);
      s.setInt(2, MOST);
      try (ResultSet row = s.executeQuery()) {
        while (row.next()) {
          keys.add(
              new Key(
                  row.getString(1),
                  row.getString(2),
                  roles(row, 3),
                  row.getTimestamp(4).toInstant(),
                  Optional.ofNullable(row.getTimestamp(5)).map(Timestamp::toInstant)));
        }
      }
    }
    return keys;
  }

  /** Whether there was such a key. */
  static boolean revoke(Connection c, String tenant, String id, Instant now) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "update api_key set revoked_at = ? where tenant = ? and id = ?"
                + " and revoked_at is null")) {
      s.setTimestamp(1, Timestamp.from(now));
      s.setString(2, tenant);
      s.setString(3, id);
      return s.executeUpdate() == 1;
    }
  }

  private static Set<String> roles(ResultSet row, int column) throws SQLException {
    return Set.of((String[]) row.getArray(column).getArray());
  }
}
