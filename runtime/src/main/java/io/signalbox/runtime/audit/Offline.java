package io.signalbox.runtime.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.runtime.audit.Verification.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds a journal against an exported checkpoint, with no gateway and nobody's word for anything. */
public final class Offline {
  private Offline() {}

  /**
   * Checks the rows in a database.
   *
   * @param key the public key that must have signed; absent: whatever key the export names
   */
  public static ObjectNode database(Path export, Optional<String> key, Connection connection)
      throws IOException, SQLException {
    connection.setAutoCommit(false);
    new JournalRows(connection).atOneMoment();
    return seen(export, key, connection);
  }

  /** Checks the rows as the connection's open transaction sees them. */
  public static ObjectNode seen(Path export, Optional<String> key, Connection connection)
      throws IOException, SQLException {
    Evidence.Claimed claimed = claimed(export, _ -> {});
    Verification check = new Verification(claimed.heads().orElse(Map.of()), (_, _) -> {});
    signed(claimed, key).forEach(check::fault);
    JournalRows journal = new JournalRows(connection);
    journal.rows(Optional.empty(), claimed.signed().checkpoint(), check::row);
    check.end();
    if (claimed.heads().isEmpty()) {
      derived(journal, claimed.signed().checkpoint(), check);
    }
    return told(check, claimed);
  }

  /** Checks the rows in the exported file itself. */
  public static ObjectNode file(Path export, Optional<String> key) throws IOException {
    Evidence.Claimed claimed = claimed(export, _ -> {});
    Verification check = new Verification(claimed.heads().orElse(Map.of()), (_, _) -> {});
    signed(claimed, key).forEach(check::fault);
    claimed(export, check::row);
    check.end();
    return told(check, claimed);
  }

  /** Whether the file brings the rows along. */
  public static boolean holdsRows(Path export) throws IOException {
    try (var lines = Files.lines(export)) {
      return lines.anyMatch(line -> line.startsWith("{\"row\""));
    }
  }

  private static Evidence.Claimed claimed(
      Path export, JournalRows.Take<Verification.Row, IOException> rows) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(export)) {
      return Evidence.read(in, rows);
    }
  }

  private static List<Fault> signed(Evidence.Claimed claimed, Optional<String> key) {
    List<Fault> faults = new ArrayList<>();
    Checkpoint.Signed signed = claimed.signed();
    if (!signed.isGenuine()) {
      faults.add(new Fault("checkpoint", 0, "the signature does not fit the statement"));
    }
    if (key.filter(it -> !it.equals(signed.publicKey())).isPresent()) {
      faults.add(new Fault("checkpoint", 0, "it was signed with another key: " + signed.keyId()));
    }
    if (claimed.heads().isPresent()
        && !claimed.root().equals(signed.checkpoint().root())) {
      faults.add(new Fault("checkpoint", 0, "the exported heads do not make up the signed root"));
    }
    return faults;
  }

  /** Without exported heads: those that the rows make up must have the signed root. */
  private static void derived(JournalRows journal, Checkpoint checkpoint, Verification check)
      throws SQLException {
    Map<Long, String> leaves = new HashMap<>();
    Map<String, Head> found = check.found();
    journal.heads(
        known -> {
          Head head = found.get(known.id());
          if (known.ordinal() < checkpoint.entities()) {
            leaves.put(
                known.ordinal(),
                head == null
                    ? ""
                    : Tree.leaf(new Head(known.ordinal(), head.id(), head.seq(), head.digest())));
          }
        });
    List<String> ordered = new ArrayList<>();
    for (long at = 0; at < checkpoint.entities(); at++) {
      ordered.add(leaves.getOrDefault(at, ""));
    }
    if (!Tree.root(ordered).equals(checkpoint.root())) {
      check.fault(
          new Fault(
              "checkpoint",
              0,
              "the rows up to the checkpoint do not make up its root; where runs were deleted"
                  + " since, export the checkpoint with its heads"));
    }
  }

  private static ObjectNode told(Verification check, Evidence.Claimed claimed) {
    ObjectNode json = check.json();
    Checkpoint checkpoint = claimed.signed().checkpoint();
    return json.put("checkpoint", checkpoint.number())
        .put("at", checkpoint.at().toString())
        .put("root", checkpoint.root())
        .put("keyId", claimed.signed().keyId());
  }
}
