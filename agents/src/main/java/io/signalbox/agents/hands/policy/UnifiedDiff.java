package io.signalbox.agents.hands.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads unified diffs as git makes them. Counts the lines of hunks, so content cannot fool it. */
final class UnifiedDiff {
  private static final Pattern HUNK =
      Pattern.compile("^@@ -\\d+(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@");
  private static final Pattern GIT = Pattern.compile("^diff --git .* \"?b/(.+?)\"?$");

  private final List<ChangedFile> files = new ArrayList<>();
  private final List<ChangedFile.Added> added = new ArrayList<>();
  private String path = "";
  private boolean isNew;
  private int number;
  private int oldLeft;
  private int newLeft;

  private UnifiedDiff() {}

  static List<ChangedFile> parse(String diff) {
    var reader = new UnifiedDiff();
    diff.lines().forEach(reader::line);
    reader.close();
    return List.copyOf(reader.files);
  }

  private void line(String line) {
    if (oldLeft > 0 || newLeft > 0) {
      content(line);
    } else {
      header(line);
    }
  }

  private void content(String line) {
    char kind = line.isEmpty() ? ' ' : line.charAt(0);
    switch (kind) {
      case '+' -> {
        added.add(new ChangedFile.Added(number++, line.substring(1)));
        newLeft--;
      }
      case '-' -> oldLeft--;
      case '\\' -> {}
      default -> {
        number++;
        oldLeft--;
        newLeft--;
      }
    }
  }

  private void header(String line) {
    var hunk = HUNK.matcher(line);
    var git = GIT.matcher(line);
    if (hunk.find()) {
      oldLeft = count(hunk.group(1));
      number = Integer.parseInt(hunk.group(2));
      newLeft = count(hunk.group(3));
    } else if (git.find()) {
      close();
      path = git.group(1);
    } else if (line.startsWith("new file mode")) {
      isNew = true;
    } else if (line.startsWith("--- ")) {
      beforePath(line.substring(4));
    } else if (line.startsWith("+++ ")) {
      afterPath(line.substring(4));
    }
  }

  /** Diffs that are not git's have no line of their own that opens a file. */
  private void beforePath(String before) {
    if (!added.isEmpty()) {
      close();
    }
    if (before.startsWith("/dev/null")) {
      isNew = true;
    }
  }

  private void afterPath(String after) {
    var name = after.replaceFirst("\\t.*$", "").replaceAll("^\"|\"$", "");
    if (!name.equals("/dev/null")) {
      path = name.startsWith("b/") ? name.substring(2) : name;
    }
  }

  private static int count(@org.jspecify.annotations.Nullable String group) {
    return group == null ? 1 : Integer.parseInt(group);
  }

  private void close() {
    if (!path.isEmpty()) {
      files.add(new ChangedFile(path, isNew, added));
    }
    added.clear();
    path = "";
    isNew = false;
  }
}
