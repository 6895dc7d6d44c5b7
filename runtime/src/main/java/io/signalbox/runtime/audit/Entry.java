package io.signalbox.runtime.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import java.time.Instant;

/**
 * One line of the search view: who did what to what, and how it ended.
 *
 * @param seq row of the entity's journal, and {@code place} within the row
 * @param run empty text where it is about none, as {@code rule} where none decided
 * @param detail an object
 */
record Entry(
    String tenant,
    Instant at,
    String source,
    long seq,
    int place,
    String run,
    String actor,
    String action,
    String target,
    String result,
    String rule,
    JsonNode detail) {
  /** Sorts as the journal does. */
  String id() {
    return "%s#%010d#%04d".formatted(source, seq, place);
  }

  /** The same text for the same entry, to compare the view with the journal. */
  String text() {
    return Json.object()
        .put("tenant", tenant)
        .put("at", at.toString())
        .put("id", id())
        .put("run", run)
        .put("actor", actor)
        .put("action", action)
        .put("target", target)
        .put("result", result)
        .put("rule", rule)
        .<com.fasterxml.jackson.databind.node.ObjectNode>set("detail", detail)
        .toString();
  }
}
