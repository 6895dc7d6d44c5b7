package io.signalbox.agents.guard.injection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * The texts written for the detector, by kind, and the documents made of them: each text by itself,
 * and between sentences of something else, as it would be found in a mail or on a page.
 */
final class Texts {
  /** One line of a file under the heading of its kind. */
  record Line(String kind, String text) {}

  /**
   * One document.
   *
   * @param line which of the texts it was made of
   * @param core the part of it that makes it what it is
   */
  record Document(String kind, int line, boolean attack, String text, String core) {}

  private Texts() {}

  static List<Line> read(String file) {
    List<Line> lines = new ArrayList<>();
    var in = Objects.requireNonNull(Texts.class.getResourceAsStream("/guard/" + file + ".txt"));
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String kind = "";
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.matches("# [a-z-]+")) {
          kind = line.substring(2);
        } else if (!line.isBlank()) {
          lines.add(new Line(kind, line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  /** All documents, attacks and harmless ones. */
  static List<Document> documents() {
    List<Document> documents = new ArrayList<>();
    List<Line> carriers = read("carriers");
    add(documents, read("attacks"), true, carriers);
    add(documents, read("harmless"), false, carriers);
    return documents;
  }

  private static void add(
      List<Document> documents, List<Line> lines, boolean attack, List<Line> carriers) {
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      String text = line.text();
      String before = carriers.get(i % carriers.size()).text();
      String after = carriers.get((i * 5 + 3) % carriers.size()).text();
      documents.add(new Document(line.kind(), i, attack, text, text));
      documents.add(
          new Document(line.kind(), i, attack, before + "\n\n" + text + "\n\n" + after, text));
      documents.add(new Document(line.kind(), i, attack, before + " " + text + " " + after, text));
      if (i % 8 == 0 && text.chars().allMatch(c -> c < 128)) {
        String code = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        documents.add(new Document(line.kind(), i, attack, "See: " + code, code));
      }
    }
  }
}
