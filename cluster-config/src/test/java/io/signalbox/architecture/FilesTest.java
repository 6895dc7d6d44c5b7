package io.signalbox.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files stay small enough to be read at once, or say at their head why they are not. */
final class FilesTest {
  private static final int LONGEST = 300;
  private static final String REASON = "longer than " + LONGEST + " lines because";

  @Test
  void noFileIsLongWithoutAReason() throws IOException {
    assertThat(tooLong(Compiled.repository())).isEmpty();
  }

  @Test
  void aLongFileIsFound(@TempDir Path folder) throws IOException {
    String code = "class A {}\n";
    Files.writeString(folder.resolve("Short.java"), code.repeat(LONGEST));
    Files.writeString(folder.resolve("Long.java"), code.repeat(LONGEST + 1));
    Files.writeString(
        folder.resolve("Late.java"),
        code + "/* Longer than 300 lines because. */\n" + code.repeat(LONGEST));
    Files.writeString(
        folder.resolve("Explained.java"),
        "/** One table.\n * Longer than 300 lines\n * because it is one. */\n"
            + code.repeat(LONGEST));
    assertThat(tooLong(folder))
        .extracting(line -> line.replaceFirst(": .*", ""))
        .containsExactly("Late.java", "Long.java");
  }

  private static List<String> tooLong(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : Sources.files(root, "java", "sql", "conf", "sh", "js", "ts", "tsx", "css")) {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() > LONGEST && !firstComment(lines).contains(REASON)) {
        found.add(root.relativize(file) + ": " + lines.size() + " lines");
      }
    }
    return found;
  }

  /** The first comment as one line in small letters; empty where code comes before it. */
  private static String firstComment(List<String> lines) {
    StringBuilder comment = new StringBuilder();
    for (String line : lines) {
      String text = line.strip();
      boolean plain = text.startsWith("package ") || text.startsWith("import ") || text.isEmpty();
      if (text.matches("(/\\*|\\*|//|--|#).*")) {
        comment.append(text.replaceAll("^[/*#-]+\\s*|\\s*\\*+/$", "")).append(' ');
      } else if (!plain || !comment.isEmpty()) {
        break;
      }
    }
    return comment.toString().toLowerCase(Locale.ROOT);
  }
}
