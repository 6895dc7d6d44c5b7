package io.signalbox.agents.guard.injection;

import java.util.List;

/** Logistic regression by gradient descent (Adam), the same every time. */
final class Descent {
  private static final int ROUNDS = 600;
  private static final double STEP = 0.05;

  private Descent() {}

  /** The weights, and the bias behind them; both classes count the same. */
  static float[] fit(List<float[]> rows, List<Double> labels, double decay) {
    int width = rows.getFirst().length;
    double[] w = new double[width + 1];
    double[] mean = new double[width + 1];
    double[] square = new double[width + 1];
    double ones = labels.stream().mapToDouble(it -> it).sum();
    double yes = 0.5 / ones;
    double no = 0.5 / (labels.size() - ones);
    for (int round = 1; round <= ROUNDS; round++) {
      double[] slope = new double[width + 1];
      for (int r = 0; r < rows.size(); r++) {
        float[] row = rows.get(r);
        double sum = w[width];
        for (int i = 0; i < width; i++) {
          sum += w[i] * row[i];
        }
        double label = labels.get(r);
        double off = (1 / (1 + Math.exp(-sum)) - label) * (label > 0.5 ? yes : no);
        for (int i = 0; i < width; i++) {
          slope[i] += off * row[i];
        }
        slope[width] += off;
      }
      for (int i = 0; i <= width; i++) {
        double g = slope[i] + (i < width ? decay * w[i] : 0);
        mean[i] = 0.9 * mean[i] + 0.1 * g;
        square[i] = 0.999 * square[i] + 0.001 * g * g;
        double m = mean[i] / (1 - Math.pow(0.9, round));
        double s = square[i] / (1 - Math.pow(0.999, round));
        w[i] -= STEP * m / (Math.sqrt(s) + 1e-8);
      }
    }
    float[] found = new float[width + 1];
    for (int i = 0; i <= width; i++) {
      found[i] = (float) w[i];
    }
    return found;
  }
}
