package io.signalbox.runtime.taint;

import java.util.ArrayList;
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

  /** Splits a text by what the trusted have written. */
  public static Vouched of(String text, List<String> written) {
    List<String> lines = written.stream().map(Words::line).toList();
    StringBuilder own = new StringBuilder();
    StringBuilder rest = new StringBuilder();
    for (String part : text.split("\\R", -1)) {
      List<String> words = List.of(part.strip().split("\\s+", -1));
      int at = 0;
      while (at < words.size()) {
        int end = longest(words, at, lines);
        boolean whole = at == 0 && end == words.size();
        if (end - at >= SHORTEST || (whole && end > at)) {
          own.append(String.join(" ", words.subList(at, end))).append('\n');
          at = end;
        } else {
          rest.append(words.get(at)).append(' ');
          at++;
        }
      }
      rest.append('\n');
    }
    return new Vouched(own.toString().strip(), rest.toString().strip());
  }

  private static int longest(List<String> words, int from, List<String> lines) {
    int end = from;
    List<String> tokens = new ArrayList<>();
    for (int i = from; i < words.size(); i++) {
      tokens.addAll(Words.tokens(words.get(i)));
      String line = Words.line(tokens);
      if (tokens.isEmpty() || lines.stream().noneMatch(it -> it.contains(line))) {
        break;
      }
      end = i + 1;
    }
    return end;
  }
}
