package io.signalbox.runtime.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Verifies one entity's rows from the stored bytes alone: each carries the hash of the one before,
 * so a byte changed anywhere breaks the next row's link, or the head's digest for the last row.
 */
public final class ChainCheck {
  private ChainCheck() {}

  /** A row as stored; the array is not to be changed. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Row(long sequenceNumber, byte[] bytes) {}

  /** What the rows turned out to be. */
  public sealed interface Result {
    /** Every link holds; {@code head} is the digest of the last row, empty text without rows. */
    record Intact(long rows, String head) implements Result {}

    /**
     * The run was deleted: what is left ends with the row that says so, and every link holds.
     *
     * @param rows how many rows the run had had
     * @param last digest of the last of them
     */
    record Deleted(long rows, String last, String by, String at, Optional<String> reason)
        implements Result {}

    /** The first row that cannot be what was written, or that follows one that cannot. */
    record Broken(long sequenceNumber, String why) implements Result {}
  }

  /**
   * Checks all rows of an entity, in order, from its first.
   *
   * @param head the digest the last row must have, where somebody kept it elsewhere
   */
  public static Result check(List<Row> rows, Optional<String> head) {
    Optional<Result.Deleted> deleted = rows.isEmpty() ? Optional.empty() : deleted(rows.getLast());
    String previous = "";
    long expected = 1;
    if (deleted.isPresent() && rows.getFirst().sequenceNumber() > 1) {
      // what was before is gone on purpose; the row that says so carries on the chain
      expected = rows.getFirst().sequenceNumber();
      previous = previous(rows.getFirst().bytes()).orElse("");
    }
    for (Row row : rows) {
      if (row.sequenceNumber() != expected) {
        return new Result.Broken(
            row.sequenceNumber(), "row " + expected + " is missing or out of order");
      }
      Optional<String> claimed = previous(row.bytes());
      if (claimed.isEmpty()) {
        return new Result.Broken(expected, "the row is not a readable turn");
      }
      if (!claimed.get().equals(previous)) {
        return new Result.Broken(
            expected,
            expected == 1
                ? "the first row claims a row before it"
                : "the row does not carry the hash of row " + (expected - 1));
      }
      previous = digest(row.bytes());
      expected++;
    }
    if (head.isPresent() && !head.get().equals(previous)) {
      return new Result.Broken(
          expected - 1, "the last row is not the one that was kept as the entity's head");
    }
    return deleted.<Result>map(it -> it).orElse(new Result.Intact(rows.size(), previous));
  }

  /** Hex SHA-256, as the next row carries it. */
  public static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static Optional<Result.Deleted> deleted(Row row) {
    try {
      JsonNode turn = Json.MAPPER.readTree(row.bytes());
      JsonNode fact = turn.at("/facts/0");
      return fact.path("fact").asText().equals("runDeleted")
          ? Optional.of(
              new Result.Deleted(
                  row.sequenceNumber() - 1,
                  turn.path("previous").asText(),
                  fact.path("by").asText(),
                  turn.path("at").asText(),
                  Optional.ofNullable(fact.get("reason")).map(JsonNode::asText)))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<String> previous(byte[] bytes) {
    try {
      JsonNode claimed = Json.MAPPER.readTree(bytes).path("previous");
      return claimed.isTextual() ? Optional.of(claimed.textValue()) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
