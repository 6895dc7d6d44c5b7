package io.signalbox.runtime.view;

import com.fasterxml.jackson.core.type.TypeReference;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.view.ViewQuery.ListRuns;
import io.signalbox.protocol.view.ViewQuery.Reply;
import io.signalbox.protocol.view.ViewQuery.RunRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Pages of the list of runs. */
final class RunList {
  private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  private RunList() {}

  static Reply page(Connection connection, ListRuns query) throws SQLException {
    Page page = new Page("run_view", "started_at", query.tenant());
    query.status().ifPresent(status -> page.where("status = ?", status(status)));
    query.namespace().ifPresent(namespace -> page.where("namespace = ?", namespace));
    query.workflow().ifPresent(workflow -> page.where("workflow = ?", workflow));
    query.label().ifPresent(label -> page.where("labels @> cast(? as jsonb)", label(label)));
    query
        .text()
        .map(text -> text.strip().toLowerCase(Locale.ROOT))
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> page.where("position(? in search) > 0", text));
    query.from().ifPresent(from -> page.where("started_at >= ?", from));
    query.to().ifPresent(to -> page.where("started_at < ?", to));
    if (!query.hidden()) {
      page.where("not hidden");
    }
    return page.read(
        connection,
        "namespace, workflow, version, status, labels, ended_at, waiting_for",
        query.limit(),
        query.cursor(),
        RunList::row,
        Reply.Runs::new);
  }

  private static RunRow row(ResultSet row) throws SQLException {
    return new RunRow(
        row.getString("id"),
        row.getString("namespace"),
        row.getString("workflow"),
        row.getString("version"),
        row.getString("status"),
        Rows.json(row.getString("labels"), LABELS),
        Rows.instant(row, "started_at"),
        Rows.maybeInstant(row, "ended_at"),
        Rows.json(row.getString("waiting_for"), TEXTS));
  }

  private static String status(String text) {
    List<String> known = Arrays.stream(RunStatus.values()).map(RunStatus::text).toList();
    if (known.contains(text)) {
      return text;
    }
    throw BadQuery.of("/status", "must be one of " + String.join(", ", known));
  }

  private static String label(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw BadQuery.of("/label", "must be KEY=VALUE");
    }
    return Json.object().put(text.substring(0, equals), text.substring(equals + 1)).toString();
  }
}
