package io.signalbox.runtime.access;

import io.signalbox.protocol.access.AccessCommand;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.access.Rights;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** API keys in the database; a secret is there only as its hash. */
final class Keys {
  private static final int MOST_LISTED = 500;

  private Keys() {}

  /** Who holds the key with this hash, unless it has expired or been revoked. */
  static Optional<Principal> holder(Connection c, String hash) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "select tenant, principal, roles, scopes from api_key where secret_hash = ?"
                + " and revoked_at is null and (expires_at is null or expires_at > now())")) {
      s.setString(1, hash);
      try (ResultSet row = s.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Principal(
                    row.getString(1),
                    row.getString(2),
                    roles(row.getArray(3)),
                    false,
                    Scopes.read(row.getString(4)).map(it -> new Rights(List.of(it))),
                    Optional.empty()))
            : Optional.empty();
      }
    }
  }

  static void insert(Connection c, String tenant, AccessCommand.Key key, String hash)
      throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "insert into api_key (tenant, id, principal, roles, secret_hash, created_at, expires_at,"
                + " scopes) values (?, ?, ?, ?, ?, ?, ?, ?::jsonb)")) {
      s.setString(1, tenant);
      s.setString(2, key.id());
      s.setString(3, key.principal());
      s.setArray(4, c.createArrayOf("text", key.roles().stream().sorted().toArray()));
      s.setString(5, hash);
      s.setTimestamp(6, Timestamp.from(key.createdAt()));
      s.setTimestamp(7, key.expires().map(Timestamp::from).orElse(null));
      s.setString(8, key.scopes().map(Scopes::text).orElse(null));
      s.executeUpdate();
    }
  }

  /** The key as it is, unless it has expired or been revoked. */
  static Optional<AccessCommand.Key> one(Connection c, String tenant, String id)
      throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "select id, principal, roles, created_at, expires_at, scopes from api_key"
                + " where tenant = ? and id = ? and revoked_at is null"
                + " and (expires_at is null or expires_at > now()) for update")) {
      s.setString(1, tenant);
      s.setString(2, id);
      try (ResultSet row = s.executeQuery()) {
        return row.next() ? Optional.of(key(row)) : Optional.empty();
      }
    }
  }

  /** From then on the key is no good; never later than it would have been anyway. */
  static void replace(Connection c, String tenant, String id, String by, Instant ends)
      throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "update api_key set replaced_by = ?, expires_at = least(expires_at, ?)"
                + " where tenant = ? and id = ?")) {
      s.setString(1, by);
      s.setTimestamp(2, Timestamp.from(ends));
      s.setString(3, tenant);
      s.setString(4, id);
      s.executeUpdate();
    }
  }

  /** All roles that the keys of a principal give it. */
  static Set<String> rolesOf(Connection c, String tenant, String principal) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "select distinct unnest(roles) from api_key where tenant = ? and principal = ?"
                + " and revoked_at is null and (expires_at is null or expires_at > now())")) {
      s.setString(1, tenant);
      s.setString(2, principal);
      Set<String> all = new HashSet<>();
      try (ResultSet row = s.executeQuery()) {
        while (row.next()) {
          all.add(row.getString(1));
        }
      }
      return all;
    }
  }

  private static AccessCommand.Key key(ResultSet row) throws SQLException {
    return new AccessCommand.Key(
        row.getString(1),
        row.getString(2),
        roles(row.getArray(3)),
        row.getTimestamp(4).toInstant(),
        Optional.ofNullable(row.getTimestamp(5)).map(Timestamp::toInstant),
        Scopes.read(row.getString(6)));
  }

  /** Newest first; revoked ones are gone. */
  static List<AccessCommand.Key> list(Connection c, String tenant) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "select id, principal, roles, created_at, expires_at, scopes from api_key"
                + " where tenant = ? and revoked_at is null order by created_at desc, id limit ?")) {
      s.setString(1, tenant);
      s.setInt(2, MOST_LISTED);
      List<AccessCommand.Key> keys = new ArrayList<>();
      try (ResultSet row = s.executeQuery()) {
        while (row.next()) {
          keys.add(key(row));
        }
      }
      return keys;
    }
  }

  static boolean revoke(Connection c, String tenant, String id) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "update api_key set revoked_at = now()"
                + " where tenant = ? and id = ? and revoked_at is null")) {
      s.setString(1, tenant);
      s.setString(2, id);
      return s.executeUpdate() == 1;
    }
  }

  /** Times as the database keeps them, so that what is answered now is what is read later. */
  static Instant whole(Instant time) {
    return time.truncatedTo(java.time.temporal.ChronoUnit.MICROS);
  }

  private static Set<String> roles(Array array) throws SQLException {
    return Set.of((String[]) array.getArray());
  }
}
