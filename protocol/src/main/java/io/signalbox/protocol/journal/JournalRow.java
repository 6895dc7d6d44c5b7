package io.signalbox.protocol.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.signalbox.protocol.Stored;
import io.signalbox.protocol.blob.KeptJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A turn together with the very bytes that are stored for it, so that the next turn can carry their
 * hash and a verifier needs nothing but the stored rows.
 */
public final class JournalRow<T extends Stored> {
  private final T turn;
  private final byte[] bytes;

  private JournalRow(T turn, byte[] bytes) {
    this.turn = turn;
    this.bytes = bytes;
  }

  /** A turn on its way into the journal. */
  public static <T extends Stored> JournalRow<T> of(T turn) {
    try {
      return new JournalRow<>(turn, KeptJson.MAPPER.writeValueAsBytes(turn));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A turn on its way out of the journal. */
  public static <T extends Stored> JournalRow<T> read(byte[] bytes, Class<T> type) {
    try {
      return new JournalRow<>(KeptJson.MAPPER.readValue(bytes, type), bytes.clone());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public T turn() {
    return turn;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** Whether these are the bytes that are stored. */
  public boolean holds(byte[] stored) {
    return Arrays.equals(bytes, stored);
  }

  /** How many bytes are stored. */
  public int size() {
    return bytes.length;
  }

  /** Hex SHA-256 of the stored bytes: what the next turn carries as {@code previous}. */
  public String digest() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
