package io.signalbox.agents.hands.policy;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * One thing a line must not contain.
 *
 * @param extensions the kinds of files it looks at; empty means all
 */
record Rule(String id, Severity severity, String message, Pattern pattern, Set<String> extensions) {
  Rule {
    extensions = Set.copyOf(extensions);
  }

  static Rule of(String id, Severity severity, String message, String pattern, String... kinds) {
    return new Rule(id, severity, message, Pattern.compile(pattern), Set.of(kinds));
  }

  boolean looksAt(ChangedFile file) {
    return extensions.isEmpty() || extensions.contains(file.extension());
  }
}
