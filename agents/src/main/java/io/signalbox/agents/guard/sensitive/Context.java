package io.signalbox.agents.guard.sensitive;

import java.util.regex.Pattern;

/** What stands near a candidate: a weak form counts only beside a word that says what it is. */
final class Context {
  private static final int BEFORE = 48;
  private static final int AFTER = 24;

  private Context() {}

  /** Whether the words stand shortly before or just after. */
  static boolean near(String text, int start, int end, Pattern words) {
    return words.matcher(text.substring(Math.max(0, start - BEFORE), start)).find()
        || words.matcher(text.substring(end, Math.min(text.length(), end + AFTER))).find();
  }

  static boolean before(String text, int start, int reach, Pattern words) {
    return words.matcher(text.substring(Math.max(0, start - reach), start)).find();
  }

  static Pattern words(String alternatives) {
    return Pattern.compile(
        "(?<![\\p{L}\\p{N}])(?:" + alternatives + ")(?![\\p{L}])",
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
