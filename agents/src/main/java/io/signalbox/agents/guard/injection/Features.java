package io.signalbox.agents.guard.injection;

import java.util.List;

/**
 * What the classifier sees of a text: its meaning, what it lies near, the rules it meets, and how
 * it is disguised.
 */
final class Features {
  static final int MEANING = 384;
  static final int COUNT = MEANING + Rules.ALL.size() + 6 + Signs.COUNT;

  private Features() {}

  static float[] of(
      String text,
      float[] meaning,
      double nearness,
      List<Rules.Rule> rules,
      Normal.Plain plain,
      boolean code) {
    float[] all = new float[COUNT];
    System.arraycopy(meaning, 0, all, 0, MEANING);
    double weight = 0;
    for (Rules.Rule rule : rules) {
      all[MEANING + Rules.ALL.indexOf(rule)] = 0.7f;
      weight += rule.weight();
    }
    int at = MEANING + Rules.ALL.size();
    all[at] = (float) Math.min(1.5, weight / 4);
    all[at + 1] = rules.size() > 1 ? 0.7f : 0;
    all[at + 2] = plain.tagged().length() > 8 ? 1 : 0;
    all[at + 3] = plain.hidden() > 8 || plain.disguised() > 4 ? 0.5f : 0;
    all[at + 4] = code ? 0.5f : 0;
    all[at + 5] = (float) (2 * nearness);
    Signs.of(text, all, at + 6);
    return all;
  }
}
