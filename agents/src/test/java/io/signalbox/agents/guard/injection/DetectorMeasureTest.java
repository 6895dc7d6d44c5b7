package io.signalbox.agents.guard.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What the detector that is shipped finds of attacks that it was not trained on, at one false alarm
 * in a hundred harmless texts that it was not trained on either. The floor is a little below what
 * was measured: it shows when the detector becomes worse, not that it is good.
 */
class DetectorMeasureTest {
  private static final double FLOOR = 0.20;

  @Test
  void recallAtOneFalseAlarmInAHundred() throws Exception {
    var detector = new InjectionDetector(new MiniLm(1), Classifier.trained());
    List<Double> harmless = new ArrayList<>();
    Map<String, List<Double>> attacks = new TreeMap<>();
    for (Texts.Document document : Texts.composed()) {
      double score = detector.score(document.text(), true);
      if (document.attack()) {
        attacks.computeIfAbsent(document.kind(), _ -> new ArrayList<>()).add(score);
      } else {
        harmless.add(score);
      }
    }
    harmless.sort(null);
    double threshold = harmless.get(harmless.size() - 1 - harmless.size() / 100);
    int all = 0;
    int caught = 0;
    for (var kind : attacks.entrySet()) {
      int hits = (int) kind.getValue().stream().filter(it -> it > threshold).count();
      System.err.printf("%-28s %d of %d%n", kind.getKey(), hits, kind.getValue().size());
      caught += hits;
      all += kind.getValue().size();
    }
    long alarms = harmless.stream().filter(it -> it >= InjectionDetector.THRESHOLD).count();
    System.err.printf(
        "recall %.1f %% [%s] of %d attacks at 1 %% of %d harmless texts, none trained on%n"
            + "at the threshold that is shipped: %d false alarms%n",
        100.0 * caught / all, Training.interval(caught, all), all, harmless.size(), alarms);
    assertThat((double) caught / all).isGreaterThanOrEqualTo(FLOOR);
  }
}
