package io.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.sandbox.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A diff as git writes it, cut into the files that it changes. */
record UnifiedDiff(String text) {
  private static final Pattern START = Pattern.compile("(?m)^diff --git a/(.+) b/(.+)$");
  private static final Pattern BLOB = Pattern.compile("(?m)^index [0-9a-f]+\\.\\.([0-9a-f]+)");
  private static final Pattern RENAMED = Pattern.compile("(?m)^rename from (.+)$");

  /** The files in the shape of GitHub's list of a pull request's files. */
  List<ObjectNode> files() {
    List<Integer> starts = new ArrayList<>();
    Matcher start = START.matcher(text);
    while (start.find()) {
      starts.add(start.start());
    }
    List<ObjectNode> files = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
      files.add(file(text.substring(starts.get(i), end)));
    }
    return files;
  }

  private static ObjectNode file(String part) {
    int hunks = part.indexOf("\n@@");
    String head = hunks < 0 ? part : part.substring(0, hunks + 1);
    String patch = hunks < 0 ? "" : part.substring(hunks + 1).stripTrailing();
    long added = patch.lines().filter(line -> line.startsWith("+")).count();
    long removed = patch.lines().filter(line -> line.startsWith("-")).count();
    ObjectNode file = Json.object();
    file.put("sha", first(BLOB, head, 1)).put("filename", first(START, head, 2));
    file.put("status", status(head)).put("additions", added).put("deletions", removed);
    file.put("changes", added + removed);
    if (!patch.isEmpty()) {
      file.put("patch", patch);
    }
    String before = first(RENAMED, head, 1);
    if (!before.isEmpty()) {
      file.put("previous_filename", before);
    }
    return file;
  }

  private static String status(String head) {
    if (head.contains("\nnew file mode")) {
      return "added";
    }
    if (head.contains("\ndeleted file mode")) {
      return "removed";
    }
    return head.contains("\nrename from") ? "renamed" : "modified";
  }

  private static String first(Pattern pattern, String head, int group) {
    Matcher matcher = pattern.matcher(head);
    return matcher.find() ? matcher.group(group) : "";
  }
}
