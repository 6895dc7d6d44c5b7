package io.signalbox.agents.guard.sensitive;

/**
 * Something found in a text, from {@code start} to before {@code end}.
 *
 * @param kind what it is, such as {@code email}; a pseudonym tells as much
 * @param rule how it was told, such as {@code github-token}
 */
public record Hit(String kind, String rule, int start, int end, double score) {
  int length() {
    return end - start;
  }

  boolean overlaps(Hit other) {
    return start < other.end && other.start < end;
  }
}
