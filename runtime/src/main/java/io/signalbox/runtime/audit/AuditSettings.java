package io.signalbox.runtime.audit;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;

/** How the audit trail is kept; reference.conf says what each key means. */
public record AuditSettings(Path keyFile, Gates gates, Ledger ledger) {
  /** How gates take notes. */
  public record Gates(
      Duration repeats, int refusalsPerMinute, int held, Duration idle, int snapshotEvery) {
    public Gates {
      positive("gates.repeats", repeats);
      within("gates.refusals-per-minute", refusalsPerMinute, 1, 100_000);
      within("gates.held", held, 1, 1_000_000);
      positive("gates.idle", idle);
      within("gates.snapshot-every", snapshotEvery, 1, 100_000);
    }
  }

  /** How checkpoints are kept and read. */
  public record Ledger(Duration statementTimeout, Duration keepCheckpoints) {
    public Ledger {
      positive("ledger.statement-timeout", statementTimeout);
      positive("ledger.keep-checkpoints", keepCheckpoints);
    }
  }

  /** From {@code signalbox.runtime.audit}. */
  public static AuditSettings from(Config audit) {
    Config gates = audit.getConfig("gates");
    Config ledger = audit.getConfig("ledger");
    return new AuditSettings(
        Path.of(audit.getString("key-file")),
        new Gates(
            gates.getDuration("repeats"),
            gates.getInt("refusals-per-minute"),
            gates.getInt("held"),
            gates.getDuration("idle"),
            gates.getInt("snapshot-every")),
        new Ledger(
            ledger.getDuration("statement-timeout"), ledger.getDuration("keep-checkpoints")));
  }

  static void positive(String key, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw wrong(key, value, "must be longer than nothing");
    }
  }

  static void within(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw wrong(key, value, "must be from " + least + " to " + most);
    }
  }

  private static IllegalArgumentException wrong(String key, Object value, String rule) {
    return new IllegalArgumentException(
        "signalbox.runtime.audit." + key + " " + rule + ", but is " + value);
  }
}
