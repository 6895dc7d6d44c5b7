package io.signalbox.runtime.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.approval.Channel;
import io.signalbox.protocol.notify.Errand.What;
import io.signalbox.protocol.run.ApprovalView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The table of messages. A row that somebody has taken is nobody else's until the lease is over;
 * what is tried too often becomes a dead letter.
 */
final class Outbox {
  private Outbox() {}

  /** A message that is due, with what it is about as the views have it. */
  record Due(
      String tenant,
      String id,
      String run,
      String approvalId,
      String channelName,
      String recipient,
      What what,
      int attempts,
      Optional<ApprovalView> approval,
      Optional<Channel> channel,
      Optional<JsonNode> asked,
      boolean askedPending) {}

  /** Takes what is due; each attempt is counted before it is made. */
  static List<Due> take(Connection c, Instant now, int most, Duration lease) throws SQLException {
    List<Due> due = new ArrayList<>();
    try (PreparedStatement s =
        c.prepareStatement(
            """
            with taken as (
              update notification set attempts = attempts + 1, next_try = ?
               where (tenant, id) in (
                 select tenant, id from notification
                  where state = 'due' and next_try <= ?
                  order by next_try limit ? for update skip locked)
              returning *)
            select t.tenant, t.id, t.run, t.approval, t.channel, t.recipient, t.what, t.attempts,
                   v.body, r.body,
                   (select a.reference from notification a
                     where a.tenant = t.tenant and a.approval = t.approval
                       and a.channel = t.channel and a.recipient = t.recipient
                       and a.step = t.step and a.what <> 'settled' limit 1),
                   exists (select 1 from notification a
                     where a.tenant = t.tenant and a.approval = t.approval
                       and a.channel = t.channel and a.recipient = t.recipient
                       and a.step = t.step and a.what <> 'settled' and a.state = 'due')
              from taken t
              left join approval_view v on v.tenant = t.tenant and v.id = t.approval
              left join lateral (
                select body from resource r
                 where r.tenant = t.tenant and r.kind = 'channel' and r.namespace = ''
                   and r.name = t.channel and r.deleted_at is null
                 order by r.ordinal desc limit 1) r on true
            """)) {
      s.setTimestamp(1, Timestamp.from(now.plus(lease)));
      s.setTimestamp(2, Timestamp.from(now));
      s.setInt(3, most);
      try (ResultSet row = s.executeQuery()) {
        while (row.next()) {
          due.add(
              new Due(
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5),
                  row.getString(6),
                  What.valueOf(row.getString(7).toUpperCase(Locale.ROOT)),
                  row.getInt(8),
                  read(row.getString(9), ApprovalView.class),
                  read(row.getString(10), Channel.class),
                  read(row.getString(11), JsonNode.class),
                  row.getBoolean(12)));
        }
      }
    }
    return due;
  }

  /** One message for each of several people takes the place of the one for all. */
  static void divide(Connection c, Due due, List<String> recipients) throws SQLException {
    for (String recipient : recipients) {
      update(
          c,
          "insert into notification (tenant, run, approval, channel, recipient, what, step)"
              + " select tenant, run, approval, channel, ?, what, step from notification"
              + " where tenant = ? and id = ? on conflict do nothing",
          recipient,
          due.tenant(),
          due.id());
    }
    update(c, "delete from notification where tenant = ? and id = ?", due.tenant(), due.id());
  }

  static void done(Connection c, String tenant, String id, Optional<JsonNode> reference)
      throws SQLException {
    update(
        c,
        "update notification set state = 'done', reason = null,"
            + " reference = coalesce(?::json, reference) where tenant = ? and id = ?",
        reference.map(JsonNode::toString).orElse(null),
        tenant,
        id);
  }

  static void later(Connection c, Due due, String why, Instant next) throws SQLException {
    update(
        c,
        "update notification set reason = ?, next_try = ? where tenant = ? and id = ?"
            + " and state = 'due'",
        why,
        Timestamp.from(next),
        due.tenant(),
        due.id());
  }

  /** Given up, and visible as such. */
  static void bury(Connection c, Due due, String why) throws SQLException {
    update(
        c,
        """
        with gone as (
          update notification set state = 'dead', reason = ?
           where tenant = ? and id = ? and state = 'due' returning *)
        insert into dead_letter
               (tenant, id, kind, attempts, reason, run, target, source, event_id, body)
        select tenant, gen_random_uuid()::text, 'notification', attempts, reason, run, channel,
               'urn:signalbox:notification', id,
               json_build_object('approval', approval, 'channel', channel,
                                 'recipient', recipient, 'what', what)
          from gone
        """,
        why,
        due.tenant(),
        due.id());
  }

  /** Forgets what is long over. */
  static void trim(Connection c, Instant now, Duration keep) throws SQLException {
    update(
        c,
        "delete from notification where (tenant, id) in (select tenant, id from notification"
            + " where state = 'done' and made_at < ? limit 5000)",
        Timestamp.from(now.minus(keep)));
    update(
        c,
        "delete from decision_link where id in (select id from decision_link"
            + " where expires_at < ? limit 5000)",
        Timestamp.from(now.minus(keep)));
  }

  private static void update(
      Connection c, String sql, @org.jspecify.annotations.Nullable Object... values)
      throws SQLException {
    try (PreparedStatement s = c.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        s.setObject(i + 1, values[i]);
      }
      s.executeUpdate();
    }
  }

  private static <T> Optional<T> read(
      @org.jspecify.annotations.Nullable String json, Class<T> type) {
    if (json == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.MAPPER.readValue(json, type));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a table holds what is not a " + type, e);
    }
  }
}
