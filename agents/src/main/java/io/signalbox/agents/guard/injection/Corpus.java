package io.signalbox.agents.guard.injection;

import java.util.ArrayList;
import java.util.List;

/** Known attacks and harmless texts that look like them, as vectors: what is a text nearer to? */
final class Corpus {
  private final List<float[]> attacks;
  private final List<float[]> harmless;

  Corpus(List<float[]> attacks, List<float[]> harmless) {
    this.attacks = new ArrayList<>(attacks);
    this.harmless = new ArrayList<>(harmless);
  }

  /** Above 0 when the text lies nearer to an attack; from -1 to 1. */
  double nearness(float[] meaning) {
    return nearest(attacks, meaning) - nearest(harmless, meaning);
  }

  private static double nearest(List<float[]> known, float[] meaning) {
    double best = 0;
    for (float[] one : known) {
      double sum = 0;
      for (int i = 0; i < meaning.length; i++) {
        sum += one[i] * meaning[i];
      }
      best = Math.max(best, sum);
    }
    return best;
  }
}
