package io.signalbox.agents.hands.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.SecretMarker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The values of secrets. A secret is one text, or has several by name. What was read of the folder
 * is kept for a moment, so that a changed file counts soon and without a restart.
 */
public final class Vault {
  /** The name of a secret's only value. */
  static final String WHOLE = "";

  private static final int LONGEST = 64 * 1024;
  private static final int SHORTEST = 4;

  private final SecretsSettings settings;
  private final InstantSource clock;
  private Map<String, Map<String, String>> known = Map.of();
  private Instant readAt = Instant.MIN;

  public Vault(SecretsSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** The value that {@code NAME} or {@code NAME.FIELD} stands for. */
  String value(String reference) throws Setback {
    var marker = SecretMarker.of(reference, "");
    var fields = fields(marker.secret());
    var field = marker.field().orElse(WHOLE);
    var value = fields.get(field);
    if (value == null) {
      throw missing(
          field.equals(WHOLE)
              ? "the secret '%s' has several values (%s); take one of them, such as $secrets.%s.%s"
                  .formatted(
                      marker.secret(),
                      String.join(", ", fields.keySet()),
                      marker.secret(),
                      fields.keySet().stream().findFirst().orElse("value"))
              : "the secret '%s' has no value '%s'".formatted(marker.secret(), field));
    }
    return value;
  }

  /** All values of a secret by their names; of one that is a text, under the empty name. */
  public Map<String, String> fields(String name) throws Setback {
    var all = all();
    var found = all.getOrDefault(name, all.get(environmentName(name)));
    if (found == null) {
      throw missing(
          "the secret '%s' is not configured: set the environment variable %s%s, put it under"
                  .formatted(name, settings.prefix(), environmentName(name))
              + " signalbox.agents.hands.secrets.values"
              + settings.folder().map(it -> ", or make the file " + it.resolve(name)).orElse(""));
    }
    for (var value : found.entrySet()) {
      if (value.getValue().length() < SHORTEST) {
        throw missing(
            "the secret '%s' is too short to be kept out of answers: it must have at least %d characters"
                .formatted(name, SHORTEST));
      }
    }
    return found;
  }

  /** Everything that is configured, by name. */
  synchronized Map<String, Map<String, String>> all() throws Setback {
    var now = clock.instant();
    if (readAt.equals(Instant.MIN)
        || (settings.folder().isPresent() && !now.isBefore(readAt.plus(settings.refresh())))) {
      known = read();
      readAt = now;
    }
    return known;
  }

  private Map<String, Map<String, String>> read() throws Setback {
    var all = new TreeMap<String, Map<String, String>>();
    try {
      if (settings.folder().isPresent()) {
        for (var entry : entries(settings.folder().get())) {
          all.put(String.valueOf(entry.getFileName()), fieldsOf(entry));
        }
      }
    } catch (IOException e) {
      throw missing("the folder of secrets cannot be read: " + e.getClass().getSimpleName());
    }
    settings.environment().forEach((name, value) -> all.put(name, parse(value)));
    settings.values().forEach((name, value) -> all.put(name, parse(value)));
    if (all.size() > settings.most()) {
      throw missing(
          "there are %d secrets, more than signalbox.agents.hands.secrets.most = %d"
              .formatted(all.size(), settings.most()));
    }
    return all;
  }

  private static Map<String, String> fieldsOf(Path entry) throws IOException {
    if (!Files.isDirectory(entry)) {
      return parse(text(entry));
    }
    var fields = new TreeMap<String, String>();
    for (var file : entries(entry)) {
      if (Files.isRegularFile(file)) {
        fields.put(String.valueOf(file.getFileName()), text(file));
      }
    }
    return fields;
  }

  /** Without what begins with a dot: Kubernetes keeps its own things under such names. */
  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(it -> SecretMarker.NAME.matcher(String.valueOf(it.getFileName())).matches())
          .sorted()
          .toList();
    }
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > LONGEST) {
      throw new IOException(file + " is longer than " + LONGEST + " bytes");
    }
    return Files.readString(file).replaceFirst("\\r?\\n\\z", "");
  }

  /** A JSON object of plain values has several, anything else is one. */
  private static Map<String, String> parse(String value) {
    if (value.stripLeading().startsWith("{")) {
      try {
        var tree = Json.MAPPER.readTree(value);
        var fields = new TreeMap<String, String>();
        tree.properties()
            .forEach(
                it ->
                    fields.put(
                        it.getKey(),
                        it.getValue().isTextual()
                            ? it.getValue().textValue()
                            : it.getValue().toString()));
        return fields.isEmpty() ? Map.of(WHOLE, value) : fields;
      } catch (JsonProcessingException _) {
        return Map.of(WHOLE, value); // a secret may well begin with a brace
      }
    }
    return Map.of(WHOLE, value);
  }

  private static String environmentName(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static Setback missing(String why) {
    return Setback.failed("configuration", 400, why);
  }
}
