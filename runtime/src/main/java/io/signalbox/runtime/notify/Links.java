package io.signalbox.runtime.notify;

import io.signalbox.protocol.approval.Channel.Person;
import io.signalbox.protocol.notify.LinkCommand.Reply;
import io.signalbox.protocol.run.ApprovalView;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links that decide. A token is the link's id and a signature over all that the link is good for,
 * so that neither a made-up token nor a changed row opens anything.
 */
final class Links {
  private static final int KEY_BYTES = 32;

  private final NotifySettings settings;
  private final SecureRandom random;
  private volatile byte[] known = new byte[0];

  Links(NotifySettings settings, SecureRandom random) {
    this.settings = settings;
    this.random = random;
  }

  private record Row(
      String id,
      String tenant,
      String approval,
      String channel,
      String principal,
      List<String> roles,
      Optional<String> hash,
      Instant expires) {
    String signed() {
      return String.join(
          "\n",
          id,
          tenant,
          approval,
          channel,
          principal,
          String.join(",", roles),
          hash.orElse(""),
          Long.toString(expires.getEpochSecond()));
    }
  }

  /** The link's address; made once for a message, and the same whenever it is sent again. */
  String make(
      Connection c,
      String tenant,
      String id,
      String channel,
      Person person,
      ApprovalView approval,
      Instant now)
      throws SQLException {
    Instant latest = now.plus(settings.linkLifetime());
    Instant expires = approval.expires().filter(it -> it.isBefore(latest)).orElse(latest);
    try (PreparedStatement s =
        c.prepareStatement(
            "insert into decision_link (id, tenant, approval, channel, principal, roles,"
                + " arguments_hash, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (id) do nothing")) {
      s.setString(1, id);
      s.setString(2, tenant);
      s.setString(3, approval.id());
      s.setString(4, channel);
      s.setString(5, person.principal());
      s.setArray(6, c.createArrayOf("text", person.roles().toArray()));
      s.setString(7, approval.argumentsHash().orElse(null));
      s.setTimestamp(8, Timestamp.from(Instant.ofEpochSecond(expires.getEpochSecond())));
      s.executeUpdate();
    }
    Row row = row(c, id).orElseThrow(() -> new SQLException("the link " + id + " is gone"));
    return settings.publicUrl() + "/v1/links/" + id + "." + mac(c, row.signed());
  }

  /** What the token opens at this moment. */
  Reply open(Connection c, String token, Instant now) throws SQLException {
    Optional<Row> genuine = genuine(c, token);
    if (genuine.isEmpty()) {
      return new Reply.Unknown();
    }
    Row row = genuine.get();
    Optional<String> decision = decision(c, row.id());
    if (decision.isPresent()) {
      return new Reply.Used(decision.get());
    }
    return row.expires().isAfter(now)
        ? new Reply.Good(
            row.tenant(), row.approval(), row.channel(), row.principal(), row.roles(), row.hash())
        : new Reply.Expired();
  }

  /** The link opens nothing any more. */
  Reply use(Connection c, String token, String decision) throws SQLException {
    Optional<Row> genuine = genuine(c, token);
    if (genuine.isEmpty()) {
      return new Reply.Unknown();
    }
    try (PreparedStatement s =
        c.prepareStatement(
            "update decision_link set used_at = now(), decision = ?"
                + " where id = ? and used_at is null")) {
      s.setString(1, decision);
      s.setString(2, genuine.get().id());
      s.executeUpdate();
    }
    return new Reply.Used(decision);
  }

  private Optional<Row> genuine(Connection c, String token) throws SQLException {
    int dot = token.indexOf('.');
    if (dot < 1 || token.length() > 256) {
      return Optional.empty();
    }
    Optional<Row> row = row(c, token.substring(0, dot));
    if (row.isEmpty()) {
      return Optional.empty();
    }
    byte[] expected = utf8(mac(c, row.get().signed()));
    return MessageDigest.isEqual(expected, utf8(token.substring(dot + 1))) ? row : Optional.empty();
  }

  private static Optional<Row> row(Connection c, String id) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "select tenant, approval, channel, principal, roles, arguments_hash, expires_at"
                + " from decision_link where id = ?")) {
      s.setString(1, id);
      try (ResultSet row = s.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        Array roles = row.getArray(5);
        return Optional.of(
            new Row(
                id,
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                List.of((String[]) roles.getArray()),
                Optional.ofNullable(row.getString(6)),
                row.getTimestamp(7).toInstant()));
      }
    }
  }

  private static Optional<String> decision(Connection c, String id) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "select decision from decision_link where id = ? and used_at is not null")) {
      s.setString(1, id);
      try (ResultSet row = s.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  private String mac(Connection c, String text) throws SQLException {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key(c), "HmacSHA256"));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(utf8(text)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private byte[] key(Connection c) throws SQLException {
    if (!settings.linkKey().isEmpty()) {
      return utf8(settings.linkKey());
    }
    if (known.length == 0) {
      byte[] fresh = new byte[KEY_BYTES];
      random.nextBytes(fresh);
      try (PreparedStatement s =
          c.prepareStatement("insert into link_key (key) values (?) on conflict do nothing")) {
        s.setBytes(1, fresh);
        s.executeUpdate();
      }
      try (PreparedStatement s = c.prepareStatement("select key from link_key");
          ResultSet row = s.executeQuery()) {
        row.next();
        known = row.getBytes(1);
      }
    }
    return known;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
