package io.signalbox.runtime.retention;

import io.signalbox.protocol.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Ended runs that are older than their rule lets them become, as the views know them. */
final class Outlived {
  private static final String FIND =
      """
      select tenant, id from run_view
      where status = ? and ended_at < now() - ? * interval '1 millisecond'
        and (case when cast(? as text) is null then namespace <> all (?) else namespace = ? end)
        and not exists (select 1 from legal_hold h where h.tenant = run_view.tenant
          and h.namespace in ('', run_view.namespace) and h.run in ('', run_view.id))
      order by ended_at limit ?
      """;

  private Outlived() {}

  /** A run and why it goes. */
  record Run(RunId run, String reason) {}

  static List<Run> find(Connection connection, RetentionSettings settings) throws SQLException {
    List<Run> found = new ArrayList<>();
    for (RetentionSettings.Rule rule : settings.rules()) {
      if (found.size() < settings.batch()) {
        find(connection, settings, rule, found);
      }
    }
    return found;
  }

  private static void find(
      Connection connection,
      RetentionSettings settings,
      RetentionSettings.Rule rule,
      List<Run> found)
      throws SQLException {
    String reason =
        "%s runs%s are kept for %s"
            .formatted(
                rule.status(), rule.namespace().map(it -> " of " + it).orElse(""), rule.keep());
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, rule.status());
      statement.setLong(2, rule.keep().toMillis());
      statement.setString(3, rule.namespace().orElse(null));
      statement.setArray(
          4, connection.createArrayOf("text", settings.named(rule.status()).toArray()));
      statement.setString(5, rule.namespace().orElse(""));
      statement.setInt(6, settings.batch() - found.size());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(new Run(new RunId(rows.getString(1), rows.getString(2)), reason));
        }
      }
    }
  }
}
