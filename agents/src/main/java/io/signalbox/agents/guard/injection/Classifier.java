package io.signalbox.agents.guard.injection;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A logistic regression: one weight for each feature, trained by {@code Training}. */
public final class Classifier {
  private final float[] weights;
  private final float bias;

  Classifier(float[] weights, float bias) {
    this.weights = weights.clone();
    this.bias = bias;
  }

  /** The one that comes with the program. */
  public static Classifier trained() {
    try (var in = Classifier.class.getResourceAsStream("injection.weights")) {
      if (in == null) {
        throw new IllegalStateException("no injection.weights");
      }
      var data = new DataInputStream(in);
      float[] weights = new float[data.readInt()];
      if (weights.length != Features.COUNT) {
        throw new IllegalStateException("injection.weights was trained for other features");
      }
      float bias = data.readFloat();
      for (int i = 0; i < weights.length; i++) {
        weights[i] = data.readFloat();
      }
      return new Classifier(weights, bias);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double score(float[] features) {
    double sum = bias;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * features[i];
    }
    return 1 / (1 + Math.exp(-sum));
  }
}
