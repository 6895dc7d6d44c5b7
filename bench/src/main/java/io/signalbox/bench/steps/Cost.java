package io.signalbox.bench.steps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.bench.kit.Postgres;
import java.io.IOException;

/** What runs took: time, and what the database holds of them and wrote for them. */
record Cost(double millis, double rows, double bytes) {
  private static final String STORED =
      """
      select
        (select count(*) from event_journal) + (select count(*) from snapshot)
          + (select count(*) from blob),
        (select coalesce(sum(octet_length(event_payload)), 0) from event_journal)
          + (select coalesce(sum(octet_length(snapshot_payload)), 0) from snapshot)
          + (select coalesce(sum(octet_length(content)), 0) from blob)
      """;

  /** Rows and bytes of the journal, snapshots and large values. */
  static Cost stored(Postgres.Base base) throws IOException {
    long[] found = base.numbers(STORED);
    return new Cost(0, found[0], found[1]);
  }

  Cost minus(Cost other) {
    return new Cost(millis - other.millis, rows - other.rows, bytes - other.bytes);
  }

  Cost during(double taken) {
    return new Cost(taken, rows, bytes);
  }

  Cost by(double count) {
    return new Cost(millis / count, rows / count, bytes / count);
  }

  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("msPerStep", round(millis))
        .put("rowsPerStep", round(rows))
        .put("bytesPerStep", round(bytes));
  }

  static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
