package io.signalbox.agents.guard.injection;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A logistic regression over {@link Features}, and the corpus that one of them needs. Trained by a
 * program in the tests, from texts that lie beside it.
 */
public final class Classifier {
  private final float[] weights;
  private final float bias;
  private final Corpus corpus;

  Classifier(float[] weights, float bias, Corpus corpus) {
    this.weights = weights.clone();
    this.bias = bias;
    this.corpus = corpus;
  }

  /** The one that comes with the program. */
  public static Classifier trained() {
    try (var in = Classifier.class.getResourceAsStream("injection.weights")) {
      if (in == null) {
        throw new IllegalStateException("no injection.weights");
      }
      return read(new DataInputStream(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Classifier read(DataInputStream data) throws IOException {
    float[] weights = new float[data.readInt()];
    if (weights.length != Features.COUNT) {
      throw new IllegalStateException("injection.weights was trained for other features");
    }
    float bias = data.readFloat();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = data.readFloat();
    }
    return new Classifier(weights, bias, new Corpus(vectors(data), vectors(data)));
  }

  /** A byte for each number: near enough for what is only compared. */
  private static List<float[]> vectors(DataInputStream data) throws IOException {
    List<float[]> vectors = new ArrayList<>();
    for (int left = data.readInt(); left > 0; left--) {
      float scale = data.readFloat();
      float[] vector = new float[Features.MEANING];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = data.readByte() * scale;
      }
      vectors.add(vector);
    }
    return vectors;
  }

  static void writeVectors(DataOutputStream data, List<float[]> vectors) throws IOException {
    data.writeInt(vectors.size());
    for (float[] vector : vectors) {
      float most = 0;
      for (float one : vector) {
        most = Math.max(most, Math.abs(one));
      }
      float scale = most / 127;
      data.writeFloat(scale);
      for (float one : vector) {
        data.writeByte(Math.round(one / scale));
      }
    }
  }

  double score(
      String text, float[] meaning, List<Rules.Rule> rules, Normal.Plain plain, boolean code) {
    return score(Features.of(text, meaning, corpus.nearness(meaning), rules, plain, code));
  }

  double score(float[] features) {
    double sum = bias;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * features[i];
    }
    return 1 / (1 + Math.exp(-sum));
  }
}
