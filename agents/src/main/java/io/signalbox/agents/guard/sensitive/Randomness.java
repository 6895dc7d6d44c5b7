package io.signalbox.agents.guard.sensitive;

import java.util.Locale;
import java.util.regex.Pattern;

/** How much a text looks drawn at random, and whether it only stands in for a secret. */
final class Randomness {
  private static final Pattern STAND_IN =
      Pattern.compile(
          "(?i).*(?:x{5,}|\\*{3,}|\\.{3,}|•{2,}|placeholder|changeme|change_me|example|your[_-]?\\w*(?:key|token|secret|password|here)|redacted|<[^>]*>|\\$\\{?[a-z_]|\\{\\{|%\\w+%|insert|dummy|sample|foobar|todo).*",
          Pattern.DOTALL);

  private Randomness() {}

  /** Bits per character, by how often each occurs. */
  static double entropy(String text) {
    int[] counts = new int[128];
    int other = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 128) {
        counts[c]++;
      } else {
        other++;
      }
    }
    double bits = part(other, text.length());
    for (int count : counts) {
      bits += part(count, text.length());
    }
    return bits;
  }

  private static double part(int count, int all) {
    double share = (double) count / all;
    return count == 0 ? 0 : -share * Math.log(share) / Math.log(2);
  }

  static boolean placeholder(String value) {
    // the marks around, such as sk_test_, are no part of what is random
    String tail = value.length() > 16 ? value.substring(value.length() - 16) : value;
    return STAND_IN.matcher(value).matches()
        || (tail.length() > 8 && entropy(tail) < 2.0)
        || sequence(value.toLowerCase(Locale.ROOT));
  }

  private static boolean sequence(String value) {
    return value.contains("1234567890123") || value.contains("abcdefghijklm");
  }
}
