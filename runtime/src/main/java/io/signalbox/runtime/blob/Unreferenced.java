package io.signalbox.runtime.blob;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Deletes values that no journal refers to. A value just taken in has no reference yet: it is let
 * alone for the grace period, and nothing is deleted while the views' reader, who notes the
 * references, has not read everything written before that period or had to leave an entity out.
 */
public final class Unreferenced {
  private static final String COLLECT =
      """
      with begin as (select now() - ? * interval '1 millisecond' as at),
        known as (
          select o.fault is null
            and not exists (
              select 1 from event_journal j, begin
              where (j.xid, j.ordering) > (o.xid, o.ordering)
                and j.write_timestamp < extract(epoch from begin.at) * 1000)
            as whole
          from view_offset o where o.name = 'views'),
        gone as (
          select b.tenant, b.digest from blob b, begin
          where b.stored_at < begin.at and (select whole from known)
            and not exists (
              select 1 from blob_reference r where r.tenant = b.tenant and r.digest = b.digest)
          order by b.stored_at limit ? for update of b skip locked)
      delete from blob b using gone where b.tenant = gone.tenant and b.digest = gone.digest
      """;

  private Unreferenced() {}

  /** Deletes one batch; answers how many there were. */
  public static int collect(Connection connection, BlobSettings settings) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COLLECT)) {
      statement.setLong(1, settings.grace().toMillis());
      statement.setInt(2, settings.batch());
      return statement.executeUpdate();
    }
  }
}
