package io.signalbox.journey;

import io.signalbox.boot.TestDatabase;
import io.signalbox.protocol.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the gates have journalled: refusals, logins and administration. */
final class Gates {
  private Gates() {}

  /** Waits until one entry of the audit trail has all these words. */
  static void audited(TestDatabase database, String... words) throws Exception {
    Eventually.get(
        "an entry with " + Arrays.toString(words),
        () -> entries(database),
        all -> all.stream().anyMatch(it -> Arrays.stream(words).allMatch(it::contains)));
  }

  private static List<String> entries(TestDatabase database) throws Exception {
    List<String> all = new ArrayList<>();
    try (var connection = Chain.open(database);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select convert_from(event_payload, 'UTF8') from event_journal"
                    + " where persistence_id like 'gate%'")) {
      while (rows.next()) {
        Json.MAPPER.readTree(rows.getString(1)).path("facts").forEach(it -> all.add(it.toString()));
      }
    }
    return all;
  }
}
