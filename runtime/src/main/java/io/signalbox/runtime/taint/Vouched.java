package io.signalbox.runtime.taint;

import java.util.List;

/**
 * A text in two parts: what somebody who is trusted wrote, and the rest, which came from elsewhere.
 * By the words themselves, so that it does not matter by which expressions and over how many tasks
 * they came together.
 *
 * @param own in the order of the text, a line for each unbroken part
 */
public record Vouched(String own, String rest) {
  private static final int SHORTEST = 3;

  /** Words of the text, and tokens of what was written, that are looked at. */
  private static final int MOST = 20_000;

  /**
   * Splits a text by what the trusted have written. What is longer than can be looked at while a
   * run decides is vouched for by nobody from there on.
   */
  public static Vouched of(String text, List<String> written) {
    Phrases phrases = new Phrases(written, MOST);
    StringBuilder own = new StringBuilder();
    StringBuilder rest = new StringBuilder();
    int left = MOST;
    for (String part : text.split("\\R", -1)) {
      List<String> words = List.of(part.strip().split("\\s+", -1));
      int known = Math.min(left, words.size());
      int at = 0;
      while (at < known) {
        int end = longest(words.subList(0, known), at, phrases);
        boolean whole = at == 0 && end == words.size();
        if (end - at >= SHORTEST || (whole && end > at)) {
          own.append(String.join(" ", words.subList(at, end))).append('\n');
          at = end;
        } else {
          rest.append(words.get(at)).append(' ');
          at++;
        }
      }
      rest.append(String.join(" ", words.subList(known, words.size()))).append('\n');
      left -= known;
    }
    return new Vouched(own.toString().strip(), rest.toString().strip());
  }

  private static int longest(List<String> words, int from, Phrases phrases) {
    int end = from;
    int state = Phrases.START;
    for (int i = from; i < words.size(); i++) {
      for (String token : Words.tokens(words.get(i))) {
        state = phrases.after(state, token);
        if (state == Phrases.NOWHERE) {
          return end;
        }
      }
      if (state == Phrases.START) {
        return end; // a phrase begins with a word
      }
      end = i + 1;
    }
    return end;
  }
}
