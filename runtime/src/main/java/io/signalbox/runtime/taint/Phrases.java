package io.signalbox.runtime.taint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that stands word after word in some texts, so that a phrase is followed through them in time
 * that grows with the phrase alone: a suffix automaton (Blumer et al., "The smallest automaton
 * recognizing the subwords of a text", 1985) over tokens.
 */
final class Phrases {
  static final int START = 0;
  static final int NOWHERE = -1;

  private final List<State> states = new ArrayList<>();
  private int last = START;

  private static final class State {
    private final Map<String, Integer> next;
    private final int length;
    private int link;

    State(int length, int link, Map<String, Integer> next) {
      this.length = length;
      this.link = link;
      this.next = next;
    }
  }

  /**
   * The phrases of these texts.
   *
   * @param most tokens of all texts together; what comes after them is not known
   */
  Phrases(List<String> texts, int most) {
    states.add(new State(0, NOWHERE, new HashMap<>()));
    int left = most;
    for (String text : texts) {
      for (String token : Words.tokens(text)) {
        if (left-- <= 0) {
          return;
        }
        add(token);
      }
      add("\n" + left); // no token is like it, so no phrase goes from one text into the next
    }
  }

  /** Where the phrase goes on with this token; {@link #NOWHERE} if it does not. */
  int after(int state, String token) {
    return states.get(state).next.getOrDefault(token, NOWHERE);
  }

  private void add(String token) {
    int added = state(states.get(last).length + 1, START, new HashMap<>());
    int at = last;
    while (at != NOWHERE && !states.get(at).next.containsKey(token)) {
      states.get(at).next.put(token, added);
      at = states.get(at).link;
    }
    if (at != NOWHERE) {
      states.get(added).link = parted(at, after(at, token), token);
    }
    last = added;
  }

  /** The state for the shorter phrases alone that lead where longer ones do too. */
  private int parted(int at, int there, String token) {
    State longer = states.get(there);
    int length = states.get(at).length + 1;
    if (longer.length == length) {
      return there;
    }
    int shorter = state(length, longer.link, new HashMap<>(longer.next));
    for (int it = at; it != NOWHERE && after(it, token) == there; it = states.get(it).link) {
      states.get(it).next.put(token, shorter);
    }
    longer.link = shorter;
    return shorter;
  }

  private int state(int length, int link, Map<String, Integer> next) {
    states.add(new State(length, link, next));
    return states.size() - 1;
  }
}
