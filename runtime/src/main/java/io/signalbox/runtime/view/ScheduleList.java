package io.signalbox.runtime.view;

import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.view.ViewQuery.ListSchedules;
import io.signalbox.protocol.view.ViewQuery.Reply;
import io.signalbox.protocol.view.ViewQuery.ScheduleRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Pages of the list of schedules. */
final class ScheduleList {
  private ScheduleList() {}

  static Reply page(Connection connection, ListSchedules query) throws SQLException {
    return new Page("schedule", "created_at", query.tenant())
        .read(
            connection,
            "namespace, name, version, kind, expression, next_at, last_at, last_run",
            query.limit(),
            query.cursor(),
            row ->
                new ScheduleRow(
                    new WorkflowRef(
                        row.getString("namespace"),
                        row.getString("name"),
                        row.getString("version")),
                    row.getString("kind"),
                    row.getString("expression"),
                    Rows.maybeInstant(row, "next_at"),
                    Rows.maybeInstant(row, "last_at"),
                    Optional.ofNullable(row.getString("last_run"))),
            Reply.Schedules::new);
  }
}
