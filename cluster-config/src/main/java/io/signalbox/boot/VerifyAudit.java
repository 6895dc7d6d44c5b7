package io.signalbox.boot;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.boot.config.ConfigurationFault;
import io.signalbox.boot.config.DatabaseSettings;
import io.signalbox.boot.database.DatabaseAddress;
import io.signalbox.boot.postgres.EmbeddedPostgres;
import io.signalbox.boot.postgres.Running;
import io.signalbox.runtime.audit.Offline;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code ./signalbox verify}: holds a journal against an exported checkpoint with no gateway
 * running. Exit 0 where all is as it was written, 1 where it is not, 2 for wrong usage.
 */
public final class VerifyAudit {
  private static final String USAGE =
      """
      usage: signalbox verify CHECKPOINT [--db-url URL | --data DIR] [--key FILE] [--json]
        CHECKPOINT   from GET /v1/audit/checkpoint, better ?with=heads; ?with=rows needs no database
        --db-url     the database whose journal is checked, jdbc:postgresql:// or postgresql://
        --data       the data folder whose embedded database is checked
        --key        file with the public key (base64) that must have signed the checkpoint""";
  private static final int WRONG_USAGE = 2;

  private VerifyAudit() {}

  public static void main(String[] words) {
    PrintStream told =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream complaints =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
      logs.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF); // standard output is the verdict's
    }
    System.exit(run(List.of(words), told, complaints));
  }

  /** The exit code. */
  static int run(List<String> words, PrintStream told, PrintStream complaints) {
    Map<String, String> options = new HashMap<>();
    Optional<Path> export = Optional.empty();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--json")) {
        options.put(word, "yes");
      } else if (List.of("--db-url", "--data", "--key").contains(word) && i + 1 < words.size()) {
        options.put(word, words.get(++i));
      } else if (!word.startsWith("--") && export.isEmpty()) {
        export = Optional.of(Path.of(word));
      } else {
        complaints.println("verify does not take '" + word + "' here");
        complaints.println(USAGE);
        return WRONG_USAGE;
      }
    }
    if (export.isEmpty()) {
      complaints.println(USAGE);
      return WRONG_USAGE;
    }
    try {
      ObjectNode verdict = verdict(export.get(), options);
      told.println(options.containsKey("--json") ? verdict.toString() : words(verdict));
      return verdict.path("valid").asBoolean() ? 0 : 1;
    } catch (IOException | SQLException | ConfigurationFault e) {
      complaints.println("cannot verify: " + e.getMessage());
      return 1;
    }
  }

  private static ObjectNode verdict(Path export, Map<String, String> options)
      throws IOException, SQLException, ConfigurationFault {
    Optional<String> key = Optional.empty();
    if (options.containsKey("--key")) {
      key = Optional.of(Files.readString(Path.of(options.get("--key"))).strip());
    }
    if (options.containsKey("--db-url")) {
      DatabaseAddress address =
          DatabaseAddress.parse(
              new DatabaseSettings(
                  options.get("--db-url"),
                  "",
                  "",
                  2,
                  1,
                  Duration.ofSeconds(10),
                  Duration.ofMinutes(10)));
      return check(export, key, address.url(), address.user(), address.password());
    }
    if (Offline.holdsRows(export) && !options.containsKey("--data")) {
      return Offline.file(export, key);
    }
    Path data = Path.of(options.getOrDefault("--data", "data"));
    if (!Files.isDirectory(data)) {
      throw new IOException(
          "there is no data folder " + data + "; name it with --data, or the database with --db-url");
    }
    Optional<EmbeddedPostgres.Found> running = EmbeddedPostgres.find(data);
    if (running.isPresent()) {
      EmbeddedPostgres.Found it = running.get();
      return check(export, key, it.url(), it.user(), it.password());
    }
    try (Running own = EmbeddedPostgres.start(data)) {
      return check(export, key, own.url(), own.user(), own.password());
    }
  }

  private static ObjectNode check(
      Path export, Optional<String> key, String url, String user, String password)
      throws IOException, SQLException {
    try (Connection connection =
        user.isEmpty()
            ? DriverManager.getConnection(url)
            : DriverManager.getConnection(url, user, password)) {
      return Offline.database(export, key, connection);
    }
  }

  private static String words(JsonNode verdict) {
    StringBuilder words = new StringBuilder();
    words.append(
        "checkpoint %s of %s, signed with key %s%n"
            .formatted(
                verdict.path("checkpoint").asText(),
                verdict.path("at").asText(),
                verdict.path("keyId").asText()));
    words.append(
        "%d rows of %d entities, %d of them deleted%n"
            .formatted(
                verdict.path("entries").asLong(),
                verdict.path("entities").asLong(),
                verdict.path("deleted").asLong()));
    verdict
        .path("broken")
        .forEach(
            fault ->
                words.append(
                    "broken: %s row %d: %s%n"
                        .formatted(
                            fault.path("id").asText(),
                            fault.path("row").asLong(),
                            fault.path("why").asText())));
    return words
        .append(
            verdict.path("valid").asBoolean()
                ? "all is as it was written"
                : "this is not what was written")
        .toString();
  }
}
