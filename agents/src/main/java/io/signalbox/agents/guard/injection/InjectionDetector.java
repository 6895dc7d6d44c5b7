package io.signalbox.agents.guard.injection;

import io.signalbox.agents.guard.sensitive.Hit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a text gives orders to the assistant that reads it. In layers: made plain, decoded, cut
 * into pieces; each piece weighed by rules and by what it means; the gravest piece counts.
 */
public final class InjectionDetector {
  /** From this score on a text counts as an injection, if a guardrail says nothing else. */
  public static final double THRESHOLD = 0.5;

  private final Embedder embedder;
  private final Classifier classifier;

  public InjectionDetector(Embedder embedder, Classifier classifier) {
    this.embedder = embedder;
    this.classifier = classifier;
  }

  /** A piece's score and the rule that says the most for it. */
  public record Score(String rule, double value, int start, int end) {}

  /** Finds at most one thing: the text is, or is not, an injection from the gravest piece on. */
  public List<Hit> find(String text, double threshold, boolean model) throws DetectorDown {
    List<Hit> hits = new ArrayList<>();
    for (Score score : scores(text, model)) {
      if (score.value() >= threshold) {
        hits.add(
            new Hit("injection", score.rule(), score.start(), score.end(), round(score.value())));
      }
    }
    return hits;
  }

  /** How much of an injection the whole text is, from 0 to 1. */
  public double score(String text, boolean model) throws DetectorDown {
    return scores(text, model).stream().mapToDouble(Score::value).max().orElse(0);
  }

  private List<Score> scores(String text, boolean model) throws DetectorDown {
    List<Score> scores = new ArrayList<>();
    for (Windows.Window window : Windows.of(text)) {
      Normal.Plain plain = Normal.of(window.text());
      scores.add(weigh(plain.text(), plain, model, window, ""));
      Stream<String> tagged = plain.tagged().length() > 8 ? Stream.of(plain.tagged()) : Stream.of();
      for (String hidden : Stream.concat(tagged, Decodings.of(plain.text()).stream()).toList()) {
        for (Windows.Window piece : Windows.of(hidden)) {
          scores.add(weigh(piece.text(), plain, model, window, "encoded-"));
        }
      }
    }
    scores.sort(Comparator.comparingDouble(Score::value).reversed());
    return scores;
  }

  private Score weigh(
      String text, Normal.Plain plain, boolean model, Windows.Window at, String prefix)
      throws DetectorDown {
    List<Rules.Rule> rules = Rules.in(text);
    double score =
        model
            ? classifier.score(text, embedder.of(text), rules, plain, !prefix.isEmpty())
            : byRules(rules, plain, !prefix.isEmpty());
    String name =
        rules.stream()
            .max(Comparator.comparingDouble(Rules.Rule::weight))
            .map(Rules.Rule::name)
            .orElse(plain.tagged().isEmpty() ? "meaning" : "hidden-text");
    return new Score(prefix + name, score, at.start(), at.end());
  }

  /** Without the model the rules decide alone. */
  private static double byRules(List<Rules.Rule> rules, Normal.Plain plain, boolean encoded) {
    double odds = -4 + rules.stream().mapToDouble(Rules.Rule::weight).sum();
    odds += plain.tagged().length() > 8 ? 3 : 0;
    odds += plain.hidden() > 8 || plain.disguised() > 4 ? 1 : 0;
    odds += encoded && !rules.isEmpty() ? 1.5 : 0;
    return 1 / (1 + Math.exp(-odds));
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
