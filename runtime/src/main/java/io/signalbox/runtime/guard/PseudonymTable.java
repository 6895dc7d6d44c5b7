package io.signalbox.runtime.guard;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.guard.Pseudonyms;
import io.signalbox.runtime.storage.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Pseudonyms and what they stand for, in a table of their own. They are drawn at random, so that
 * they tell nothing of the value to who sees a journal alone.
 */
public final class PseudonymTable implements Pseudonyms {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int LETTERS = 10; // 50 bits: no two alike within a run
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;

  public PseudonymTable(Database database) {
    this.database = database;
  }

  @Override
  public CompletionStage<Map<Hidden, String>> of(RunId run, Collection<Hidden> values) {
    return values.isEmpty()
        ? CompletableFuture.completedStage(Map.of())
        : database.call(c -> keep(c, run, new LinkedHashSet<>(values)));
  }

  private static Map<Hidden, String> keep(Connection c, RunId run, Set<Hidden> values)
      throws SQLException {
    Map<Hidden, String> kept = new HashMap<>();
    // the update changes nothing, but lets the row that is there be returned
    try (PreparedStatement insert =
        c.prepareStatement(
            "insert into pseudonym (tenant, run, pseudonym, kind, digest, value)"
                + " values (?, ?, ?, ?, ?, ?)"
                + " on conflict (tenant, run, kind, digest) do update set kind = excluded.kind"
                + " returning pseudonym")) {
      for (Hidden value : values) {
        insert.setString(1, run.tenant());
        insert.setString(2, run.id());
        insert.setString(3, fresh(value.kind()));
        insert.setString(4, value.kind());
        insert.setBytes(5, digest(value.value()));
        insert.setString(6, value.value());
        try (ResultSet row = insert.executeQuery()) {
          row.next();
          kept.put(value, row.getString(1));
        }
      }
    }
    return kept;
  }

  @Override
  public CompletionStage<Map<String, Hidden>> behind(RunId run, Set<String> pseudonyms) {
    return pseudonyms.isEmpty()
        ? CompletableFuture.completedStage(Map.of())
        : database.call(c -> find(c, run, pseudonyms));
  }

  private static Map<String, Hidden> find(Connection c, RunId run, Set<String> pseudonyms)
      throws SQLException {
    try (PreparedStatement select =
        c.prepareStatement(
            "select pseudonym, kind, value from pseudonym"
                + " where tenant = ? and run = ? and pseudonym = any (?)")) {
      select.setString(1, run.tenant());
      select.setString(2, run.id());
      select.setArray(3, c.createArrayOf("text", pseudonyms.toArray()));
      Map<String, Hidden> found = new HashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getString(1), new Hidden(rows.getString(2), rows.getString(3)));
        }
      }
      return found;
    }
  }

  private static String fresh(String kind) {
    StringBuilder text = new StringBuilder("[").append(kind.toUpperCase(Locale.ROOT)).append('_');
    for (int i = 0; i < LETTERS; i++) {
      text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return text.append(']').toString();
  }

  private static byte[] digest(String value) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
