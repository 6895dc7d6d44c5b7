package io.signalbox.agents.hands.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Applies the rules to the added lines of one file. */
final class Scanner {
  private static final int LONGEST_LINE = 4_000;
  private static final int EXCERPT = 160;
  private static final int HEADER_LINES = 30;
  private static final Pattern LICENCE =
      Pattern.compile("(?i)licen[cs]e|copyright|SPDX-License-Identifier|\\(c\\)|©");
  private static final Set<String> SOURCES =
      Set.of(
          "java", "kt", "scala", "groovy", "go", "rs", "c", "h", "cc", "cpp", "hpp", "cs", "swift",
          "py", "rb", "php", "js", "mjs", "ts", "tsx", "jsx", "sh", "sql");

  private final ChangedFile file;
  private final List<Finding> findings = new ArrayList<>();

  private Scanner(ChangedFile file) {
    this.file = file;
  }

  static List<Finding> scan(ChangedFile file, boolean licenceHeaders) {
    var scanner = new Scanner(file);
    if (licenceHeaders) {
      scanner.licence();
    }
    file.added().forEach(scanner::line);
    return scanner.findings;
  }

  private void licence() {
    boolean bare =
        file.isNew()
            && SOURCES.contains(file.extension())
            && !file.added().isEmpty()
            && file.added().stream()
                .limit(HEADER_LINES)
                .noneMatch(line -> LICENCE.matcher(line.text()).find());
    if (bare) {
      add(
          "licence.missing-header",
          Severity.LOW,
          "new source file without licence or copyright line",
          file.added().getFirst());
    }
  }

  private void line(ChangedFile.Added line) {
    var text =
        line.text().length() > LONGEST_LINE ? line.text().substring(0, LONGEST_LINE) : line.text();
    boolean known = false;
    for (var rule : Secrets.KNOWN) {
      if (rule.pattern().matcher(text).find()) {
        known = true;
        add(rule.id(), rule.severity(), rule.message(), line);
      }
    }
    var assigned = Secrets.ASSIGNED.matcher(text);
    if (!known && assigned.find() && Secrets.looksReal(assigned.group(1))) {
      add(Secrets.ASSIGNMENT, Severity.HIGH, "looks like a credential in the source", line);
    }
    for (var rule : RiskyCalls.ALL) {
      if (rule.looksAt(file) && rule.pattern().matcher(text).find()) {
        add(rule.id(), rule.severity(), rule.message(), line);
      }
    }
  }

  private void add(String rule, Severity severity, String message, ChangedFile.Added line) {
    findings.add(
        new Finding(rule, severity, file.path(), line.number(), message, excerpt(line.text())));
  }

  private static String excerpt(String line) {
    var bounded = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
    var masked = Secrets.masked(bounded).strip();
    return masked.length() > EXCERPT ? masked.substring(0, EXCERPT) + "…" : masked;
  }
}
