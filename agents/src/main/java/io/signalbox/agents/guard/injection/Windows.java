package io.signalbox.agents.guard.injection;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A long text in pieces of a few sentences that overlap, so that an order hidden in the middle is
 * not drowned by what stands around it.
 */
public final class Windows {
  private static final int LONGEST = 170;
  private static final int MOST = 64;

  private Windows() {}

  /** A piece and where it stands. */
  public record Window(String text, int start, int end) {}

  /** The pieces, in order; of a very long text so many, evenly spread. */
  public static List<Window> of(String text) {
    if (text.length() <= LONGEST) {
      return text.isBlank() ? List.of() : List.of(new Window(text.strip(), 0, text.length()));
    }
    List<int[]> sentences = sentences(text);
    List<Window> windows = new ArrayList<>();
    int i = 0;
    while (i < sentences.size()) {
      int last = i;
      while (last + 1 < sentences.size()
          && sentences.get(last + 1)[1] - sentences.get(i)[0] <= LONGEST) {
        last++;
      }
      int start = sentences.get(i)[0];
      int end = sentences.get(last)[1];
      String piece = text.substring(start, end).strip();
      if (!piece.isEmpty()) {
        windows.add(new Window(piece, start, end));
      }
      if (last == sentences.size() - 1) {
        break;
      }
      i = Math.max(i + 1, last); // the last sentence begins the next piece too
    }
    return thinned(windows);
  }

  private static List<Window> thinned(List<Window> windows) {
    if (windows.size() <= MOST) {
      return windows;
    }
    List<Window> some = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      some.add(windows.get((int) ((long) i * (windows.size() - 1) / (MOST - 1))));
    }
    return some;
  }

  /** Sentences and lines; what is longer than a window is cut hard. */
  private static List<int[]> sentences(String text) {
    List<int[]> found = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(text);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      int from = start;
      while (from < end) {
        int line = text.indexOf('\n', from);
        int to = line >= 0 && line < end ? line + 1 : end;
        to = Math.min(to, from + LONGEST);
        found.add(new int[] {from, to});
        from = to;
      }
    }
    return found;
  }
}
