package io.signalbox.runtime.view;

import io.signalbox.protocol.Stored;
import io.signalbox.protocol.journal.JournalRow;
import java.io.UncheckedIOException;

/** One row of the journal as it lies there; the array is the row's own and not to be changed. */
@SuppressWarnings("ArrayRecordComponent")
record StoredRow(
    String xid,
    long ordering,
    String persistenceId,
    long sequenceNumber,
    String manifest,
    byte[] payload) {
  /** The part of the persistence id that is the entity's id. */
  String entityId() {
    return persistenceId.substring(persistenceId.indexOf('|') + 1);
  }

  <T extends Stored> JournalRow<T> as(Class<T> type) {
    try {
      return JournalRow.read(payload, type);
    } catch (UncheckedIOException e) {
      throw new ViewFault("row " + sequenceNumber + " of " + persistenceId + " is unreadable", e);
    }
  }
}
