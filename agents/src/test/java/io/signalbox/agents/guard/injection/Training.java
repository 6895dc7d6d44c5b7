package io.signalbox.agents.guard.injection;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Trains the classifier, and says honestly how good it is: every kind of text is judged by a
 * classifier that has seen no text of that kind. Run with {@code write} it writes the weights.
 */
public final class Training {
  private static final int FOLDS = 7;
  private static final Embedder MODEL = new MiniLm(20_000);

  /** A piece of a document; {@code label} is empty where the piece is neither one nor the other. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Piece(
      String text,
      float[] meaning,
      List<Rules.Rule> rules,
      Normal.Plain plain,
      boolean code,
      double label) {}

  private record Sample(Texts.Document document, int fold, List<Piece> pieces) {}

  /** A trained classifier with what its training was based on. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Trained(float[] weights, float bias, Corpus corpus) {
    Classifier classifier(double shift) {
      return new Classifier(weights, (float) (bias - shift), corpus);
    }
  }

  private Training() {}

  public static void main(String[] arguments) throws Exception {
    double decay = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 1e-3;
    List<Sample> kinds = samples(true);
    System.out.println("kinds held out: " + report(heldOut(kinds, decay), kinds));
    List<Sample> lines = samples(false);
    double[] scores = heldOut(lines, decay);
    System.out.println("texts held out: " + report(scores, lines));
    weakest(lines, scores);
    if (arguments.length > 0 && arguments[0].equals("write")) {
      write(lines, decay, threshold(scores, lines));
    }
  }

  private static List<Sample> samples(boolean byKind) throws Exception {
    List<Texts.Document> documents = Texts.documents();
    Map<String, Integer> folds = new HashMap<>();
    for (boolean attack : new boolean[] {true, false}) {
      var kinds = new TreeSet<String>();
      documents.stream().filter(it -> it.attack() == attack).forEach(it -> kinds.add(it.kind()));
      int next = 0;
      for (String kind : kinds) {
        folds.put(kind + attack, next++ % FOLDS);
      }
    }
    List<Sample> samples = new ArrayList<>();
    for (Texts.Document document : documents) {
      samples.add(
          new Sample(
              document,
              byKind
                  ? folds.getOrDefault(document.kind() + document.attack(), 0)
                  : Math.floorMod(document.line() * 31, FOLDS),
              pieces(document)));
    }
    return samples;
  }

  private static List<Piece> pieces(Texts.Document document) throws Exception {
    List<Piece> pieces = new ArrayList<>();
    for (Windows.Window window : Windows.of(document.text())) {
      Normal.Plain plain = Normal.of(window.text());
      double share = share(window.text(), document.core());
      double label = !document.attack() || share == 0 ? 0 : share > 0.6 ? 1 : Double.NaN;
      pieces.add(piece(plain.text(), plain, false, label));
      for (String hidden : Decodings.of(plain.text())) {
        pieces.add(piece(hidden, plain, true, document.attack() ? 1 : 0));
      }
    }
    return pieces;
  }

  /** How much of the core stands in the piece. */
  private static double share(String piece, String core) {
    long words = core.split("\\s+").length;
    long there = Arrays.stream(core.split("\\s+")).filter(piece::contains).count();
    boolean begins = piece.contains(core.substring(0, Math.min(12, core.length())));
    boolean ends = piece.contains(core.substring(Math.max(0, core.length() - 12)));
    return begins || ends ? (double) there / words : 0;
  }

  private static Piece piece(String text, Normal.Plain plain, boolean code, double label)
      throws Exception {
    return new Piece(text, MODEL.of(text), Rules.in(text), plain, code, label);
  }

  /** Each document's score by a classifier that has seen none of its kind. */
  private static double[] heldOut(List<Sample> samples, double decay) {
    double[] scores = new double[samples.size()];
    for (int fold = 0; fold < FOLDS; fold++) {
      int out = fold;
      Trained trained = train(samples.stream().filter(it -> it.fold() != out).toList(), decay);
      Classifier classifier = trained.classifier(0);
      for (int i = 0; i < samples.size(); i++) {
        if (samples.get(i).fold() == fold) {
          scores[i] = score(classifier, samples.get(i));
        }
      }
    }
    return scores;
  }

  private static double score(Classifier classifier, Sample sample) {
    return sample.pieces().stream()
        .mapToDouble(
            it -> classifier.score(it.text(), it.meaning(), it.rules(), it.plain(), it.code()))
        .max()
        .orElse(0);
  }

  private static Corpus corpus(List<Sample> samples, int without) {
    return new Corpus(vectors(samples, true, without), vectors(samples, false, without));
  }

  /** Of each text as it stands by itself. */
  private static List<float[]> vectors(List<Sample> samples, boolean attack, int without) {
    return samples.stream()
        .filter(it -> it.fold() != without && it.document().attack() == attack)
        .filter(it -> it.document().text().equals(it.document().core()))
        .map(it -> it.pieces().getFirst().meaning())
        .toList();
  }

  private static Trained train(List<Sample> samples, double decay) {
    List<float[]> rows = new ArrayList<>();
    List<Double> labels = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      // nothing is near to itself: the corpus a text is compared with has none of its kind
      Corpus corpus = corpus(samples, fold);
      for (Sample sample : samples) {
        if (sample.fold() == fold) {
          for (Piece it : sample.pieces()) {
            if (!Double.isNaN(it.label())) {
              double near = corpus.nearness(it.meaning());
              rows.add(
                  Features.of(it.text(), it.meaning(), near, it.rules(), it.plain(), it.code()));
              labels.add(it.label());
            }
          }
        }
      }
    }
    float[] found = Descent.fit(rows, labels, decay);
    return new Trained(
        Arrays.copyOf(found, Features.COUNT), found[Features.COUNT], corpus(samples, -1));
  }

  /** The score that at most one harmless document in a hundred reaches. */
  private static double threshold(double[] scores, List<Sample> samples) {
    double[] harmless = sorted(scores, samples);
    return harmless[harmless.length - 1 - harmless.length / 100];
  }

  private static double[] sorted(double[] scores, List<Sample> samples) {
    List<Double> harmless = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      if (!samples.get(i).document().attack()) {
        harmless.add(scores[i]);
      }
    }
    return harmless.stream().mapToDouble(it -> it).sorted().toArray();
  }

  private static String report(double[] scores, List<Sample> samples) {
    double threshold = threshold(scores, samples);
    int attacks = 0;
    int caught = 0;
    for (int i = 0; i < scores.length; i++) {
      if (samples.get(i).document().attack()) {
        attacks++;
        caught += scores[i] > threshold ? 1 : 0;
      }
    }
    double[] harmless = sorted(scores, samples);
    double five = harmless[harmless.length - 1 - harmless.length / 20];
    long atFive = 0;
    double area = 0;
    for (int i = 0; i < scores.length; i++) {
      if (samples.get(i).document().attack()) {
        double score = scores[i];
        atFive += score > five ? 1 : 0;
        area += (double) Arrays.stream(harmless).filter(it -> it < score).count() / harmless.length;
      }
    }
    System.out.printf(
        "  area %.3f, recall at 5 %%: %.1f%n", area / attacks, 100.0 * atFive / attacks);
    return "recall %.1f %% [%s] of %d attacks at 1 %% of %d harmless (threshold %.3f)"
        .formatted(
            100.0 * caught / attacks,
            interval(caught, attacks),
            attacks,
            scores.length - attacks,
            threshold);
  }

  /** Wilson's interval of 95 %. */
  static String interval(int hits, int all) {
    double z = 1.96;
    double p = (double) hits / all;
    double middle = (p + z * z / (2 * all)) / (1 + z * z / all);
    double half = z / (1 + z * z / all) * Math.sqrt(p * (1 - p) / all + z * z / (4.0 * all * all));
    return "%.1f to %.1f".formatted(100 * (middle - half), 100 * Math.min(1, middle + half));
  }

  private static void weakest(List<Sample> samples, double[] scores) {
    double threshold = threshold(scores, samples);
    Map<String, int[]> kinds = new HashMap<>();
    for (int i = 0; i < scores.length; i++) {
      var document = samples.get(i).document();
      boolean hit = scores[i] > threshold;
      int[] count =
          kinds.computeIfAbsent(
              (document.attack() ? "attack " : "harmless ") + document.kind(), _ -> new int[2]);
      count[0] += hit ? 1 : 0;
      count[1]++;
      boolean wrong = hit != document.attack();
      if (wrong && document.text().equals(document.core())) {
        System.out.printf(
            "%s %.3f %s: %s%n",
            document.attack() ? "missed" : "false ", scores[i], document.kind(), document.text());
      }
    }
    kinds.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            it ->
                System.out.printf(
                    "%-36s %3d of %3d%n", it.getKey(), it.getValue()[0], it.getValue()[1]));
  }

  /** With the bias moved so that a score of one half is what one harmless text in 100 reaches. */
  private static void write(List<Sample> samples, double decay, double threshold)
      throws IOException {
    Trained all = train(samples, decay);
    double shift = Math.log(threshold / (1 - threshold));
    Path file = Path.of("src/main/resources/io/signalbox/agents/guard/injection/injection.weights");
    try (var out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(all.weights().length);
      out.writeFloat((float) (all.bias() - shift));
      for (float weight : all.weights()) {
        out.writeFloat(weight);
      }
      Classifier.writeVectors(out, vectors(samples, true, -1));
      Classifier.writeVectors(out, vectors(samples, false, -1));
    }
    System.out.println("written, " + Files.size(file) + " bytes");
  }
}
