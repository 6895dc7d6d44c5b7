package io.signalbox.runtime.run;

/**
 * What one run may take of what goes beyond the DSL; reference.conf says what each key means.
 *
 * @param mapItems items of one map
 * @param mapConcurrency items at once, where the definition does not say
 * @param mostConcurrency items at once, whatever the definition says
 * @param compensations tasks that one run can have to undo
 * @param labels of one run
 * @param labelLength characters of a label's key or value
 */
public record BeyondBounds(
    int mapItems,
    int mapConcurrency,
    int mostConcurrency,
    int compensations,
    int labels,
    int labelLength) {
  public static final BeyondBounds STANDARD = new BeyondBounds(10_000, 8, 100, 1000, 64, 256);

  public BeyondBounds {
    positive("map-items", mapItems);
    positive("map-concurrency", mapConcurrency);
    positive("most-concurrency", mostConcurrency);
    positive("compensations", compensations);
    positive("labels", labels);
    positive("label-length", labelLength);
  }

  private static void positive(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "signalbox.runtime.runs.beyond." + key + " must be at least 1, but is " + value);
    }
  }
}
