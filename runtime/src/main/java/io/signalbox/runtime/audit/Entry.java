package io.signalbox.runtime.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.time.Instant;

/**
 * One line of the search view: who did what to what, and how it ended.
 *
 * @param source persistence id
 * @param seq row of the entity's journal, and {@code place} of the fact within the row
 * @param about the run that another entity's row is about; empty text elsewhere, as {@code rule}
 *     where none decided
 */
record Entry(
    String tenant,
    Instant at,
    String source,
    long seq,
    int place,
    String about,
    String actor,
    String action,
    String target,
    String result,
    String rule) {
  private static final String RUN = "run|";

  /** Sorts as the journal does. */
  String id() {
    return "%s#%010d#%04d".formatted(source, seq, place);
  }

  /** The run that it belongs to; empty text where it is about none. */
  String run() {
    return source.startsWith(RUN) ? source.substring(source.indexOf('|', RUN.length()) + 1) : about;
  }

  /** As it is answered, without its detail. */
  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("id", id())
            .put("at", at.toString())
            .put("actor", actor)
            .put("action", action)
            .put("target", target)
            .put("result", result);
    if (!run().isEmpty()) {
      json.put("run", run());
    }
    if (!rule.isEmpty()) {
      json.put("rule", rule);
    }
    return json;
  }
}
