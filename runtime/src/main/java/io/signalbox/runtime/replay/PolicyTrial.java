package io.signalbox.runtime.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.policy.PolicyReplay;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.catalog.Rulebook;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;

/** Judges the calls of a tenant's past runs once more; bounded in runs, rows and differences. */
public final class PolicyTrial {
  private static final int MOST_ROWS = 2_000;
  private static final int MOST_TOLD = 1_000;
  private static final String TIMEOUT = "set local statement_timeout = 10000";

  private PolicyTrial() {}

  /** What would have been decided otherwise, newest runs first. */
  public static ObjectNode of(Connection c, String tenant, PolicyReplay wanted, Rulebook rules)
      throws SQLException {
    try (PreparedStatement s = c.prepareStatement(TIMEOUT)) {
      s.execute();
    }
    List<String> runs = runs(c, tenant, wanted);
    boolean more = runs.size() > wanted.runs();
    int calls = 0;
    int cut = 0;
    int different = 0;
    ArrayNode changed = Json.MAPPER.createArrayNode();
    for (String run : more ? runs.subList(0, wanted.runs()) : runs) {
      List<Turn> turns = turns(c, new RunId(tenant, run));
      cut += turns.size() >= MOST_ROWS ? 1 : 0;
      for (PastCalls.Call call : PastCalls.of(run, turns)) {
        calls++;
        var difference = Rejudged.difference(call, rules);
        different += difference.isPresent() ? 1 : 0;
        if (changed.size() < MOST_TOLD) {
          difference.ifPresent(changed::add);
        }
      }
    }
    ObjectNode told = Json.object().put("runs", Math.min(runs.size(), wanted.runs()));
    told.put("calls", calls).put("different", different);
    told.put("complete", !more && cut == 0 && different <= MOST_TOLD);
    told.set("changed", changed);
    return told;
  }

  private static List<String> runs(Connection c, String tenant, PolicyReplay wanted)
      throws SQLException {
    String sql =
        "select id from run_view where tenant = ? and started_at >= ? and started_at < ?"
            + (wanted.namespace().isPresent() ? " and namespace = ?" : "")
            + (wanted.workflow().isPresent() ? " and workflow = ?" : "")
            + " order by started_at desc, id desc limit ?";
    try (PreparedStatement s = c.prepareStatement(sql)) {
      int at = 1;
      s.setString(at++, tenant);
      s.setTimestamp(at++, Timestamp.from(wanted.from()));
      s.setTimestamp(at++, Timestamp.from(wanted.to()));
      if (wanted.namespace().isPresent()) {
        s.setString(at++, wanted.namespace().get());
      }
      if (wanted.workflow().isPresent()) {
        s.setString(at++, wanted.workflow().get());
      }
      s.setInt(at, wanted.runs() + 1);
      List<String> ids = new ArrayList<>();
      try (ResultSet row = s.executeQuery()) {
        while (row.next()) {
          ids.add(row.getString(1));
        }
      }
      return ids;
    }
  }

  private static List<Turn> turns(Connection c, RunId run) throws SQLException {
    try (PreparedStatement s =
        c.prepareStatement(
            "select event_payload from event_journal where persistence_id = ? and not deleted"
                + " order by sequence_number limit ?")) {
      s.setString(1, "run|" + run.text());
      s.setInt(2, MOST_ROWS);
      List<Turn> turns = new ArrayList<>();
      try (ResultSet row = s.executeQuery()) {
        while (row.next()) {
          turns.add(JournalRow.read(row.getBytes(1), Turn.class).turn());
        }
      }
      return turns;
    }
  }
}
