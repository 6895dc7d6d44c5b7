package io.signalbox.runtime.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;

/**
 * Signs what the journal holds: a checkpoint stands for the heads of all entities at one place of
 * the journal. The journal's reader makes one in the transaction in which it moves the heads on, so
 * the heads in the database are always those of the newest checkpoint.
 */
public final class Ledger {
  private static final String THIN =
      """
      delete from audit_checkpoint old where at < now() - ? * interval '1 millisecond'
        and at > now() - ? * interval '1 millisecond' - interval '2 days'
        and exists (select 1 from audit_checkpoint later where later.number > old.number
          and date_trunc(cast(? as text), later.at) = date_trunc(cast(? as text), old.at))
      """;
  private static final long HOUR = 3_600_000;

  private final AuditSettings settings;
  private final InstantSource clock;

  public Ledger(AuditSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A new checkpoint, in the caller's transaction.
   *
   * @param changed the places in the tree of the heads that were moved
   * @param entities how many there are in all
   * @param xid with {@code ordering}: the last row that was read
   */
  public void seal(
      Connection connection, Collection<Long> changed, long entities, String xid, long ordering)
      throws SQLException {
    String root = new TreeTable(connection).update(changed, entities);
    Newest before = newest(connection);
    store(
        connection,
        new Checkpoint(
            before.number() + 1, clock.instant(), before.hash(), entities, root, xid, ordering),
        key());
  }

  /** Read each time, which is how a rotation on one node reaches those that share the file. */
  private SigningKey key() {
    try {
      return SigningKey.of(settings.keyFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The newest statement's number and hash; number 0 before the first. */
  private record Newest(long number, String hash) {}

  private static Newest newest(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select number, statement from audit_checkpoint order by number desc limit 1")) {
      return row.next()
          ? new Newest(row.getLong(1), Tree.hash(row.getString(2)))
          : new Newest(0, "");
    }
  }

  private static void store(Connection connection, Checkpoint checkpoint, SigningKey key)
      throws SQLException {
    try (PreparedStatement known =
            connection.prepareStatement(
                "insert into audit_key (id, public_key) values (?, ?) on conflict do nothing");
        PreparedStatement made =
            connection.prepareStatement(
                "insert into audit_checkpoint (number, at, statement, key_id, signature)"
                    + " values (?, ?, ?, ?, ?)")) {
      known.setString(1, key.id());
      known.setString(2, key.publicKey());
      known.executeUpdate();
      made.setLong(1, checkpoint.number());
      made.setObject(2, OffsetDateTime.ofInstant(checkpoint.at(), ZoneOffset.UTC));
      made.setString(3, checkpoint.statement());
      made.setString(4, key.id());
      made.setString(5, key.sign(checkpoint.statement()));
      made.executeUpdate();
    }
  }

  /** Thins out what is over an hour old to the last of each minute, later of each hour. */
  public int thin(Connection connection) throws SQLException {
    return thin(connection, "minute", HOUR)
        + thin(connection, "hour", settings.ledger().keepCheckpoints().toMillis());
  }

  private static int thin(Connection connection, String to, long olderMillis) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(THIN)) {
      statement.setLong(1, olderMillis);
      statement.setLong(2, olderMillis);
      statement.setString(3, to);
      statement.setString(4, to);
      return statement.executeUpdate();
    }
  }
}
