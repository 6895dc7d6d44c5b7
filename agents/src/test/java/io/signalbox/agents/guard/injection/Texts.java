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
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final int VARIANTS = 3;
  private static final Pattern ALTERNATIVES = Pattern.compile("\\{([^{}]*\\|[^{}]*)\\}");

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

  /** The documents that are trained on, attacks and harmless ones. */
  static List<Document> documents() {
    List<Document> documents = new ArrayList<>();
    List<Line> carriers = read("carriers");
    add(documents, read("attacks"), true, carriers);
    add(documents, read("harmless"), false, carriers);
    return documents;
  }

  /** Documents that nothing is trained on: the detector that is shipped is measured by them. */
  static List<Document> composed() {
    List<Document> documents = new ArrayList<>();
    List<Line> carriers = read("carriers");
    compose(documents, read("attacks-composed"), true, carriers);
    compose(documents, read("harmless-composed"), false, carriers);
    return documents;
  }

  /**
   * Some of the texts that a line with alternatives stands for, one by itself, the others between
   * other things.
   */
  private static void compose(
      List<Document> documents, List<Line> lines, boolean attack, List<Line> carriers) {
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      Random dice = new Random(31L * i + (attack ? 7 : 0));
      for (int variant = 0; variant < VARIANTS; variant++) {
        String text = chosen(line.text(), dice);
        String before = carriers.get(dice.nextInt(carriers.size())).text();
        String after = carriers.get(dice.nextInt(carriers.size())).text();
        String whole =
            switch (variant % 3) {
              case 0 -> text;
              case 1 -> before + "\n\n" + text + "\n\n" + after;
              default -> before + " " + text + " " + after;
            };
        documents.add(new Document(line.kind(), i, attack, whole, text));
      }
    }
  }

  /** One of each row of alternatives. */
  private static String chosen(String template, Random dice) {
    return ALTERNATIVES
        .matcher(template)
        .replaceAll(
            it -> {
              String[] all = it.group(1).split("\\|", -1);
              return Matcher.quoteReplacement(all[dice.nextInt(all.length)]);
            })
        .strip();
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
