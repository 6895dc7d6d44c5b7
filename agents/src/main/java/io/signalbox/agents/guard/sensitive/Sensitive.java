package io.signalbox.agents.guard.sensitive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All that is sensitive in a text, by detector; overlapping finds are told once. */
public final class Sensitive {
  /** What {@code personal} stands for. */
  public static final Set<String> PERSONAL =
      Set.of("card", "iban", "national-id", "email", "phone", "ip");

  /** The detectors by name. */
  public static final Set<String> DETECTORS =
      Set.of("secret", "card", "iban", "national-id", "email", "phone", "ip", "name", "personal");

  private static final Map<String, Detector> KINDS =
      Map.of(
          "secret", new Secrets(),
          "card", new Cards(),
          "iban", new Ibans(),
          "national-id", new NationalIds(),
          "email", new Emails(),
          "ip", new Ips(),
          "name", new Names());
  private static final Map<String, Detector> PHONES = new ConcurrentHashMap<>();

  /** The graver kind wins where two claim the same text. */
  private static final List<String> ORDER =
      List.of("secret", "iban", "card", "email", "national-id", "ip", "phone", "name");

  private Sensitive() {}

  /**
   * What these detectors find, in the order of the text and without overlaps.
   *
   * @param region where telephone numbers without a country code are from; empty for anywhere
   */
  public static List<Hit> find(String text, Set<String> detectors, String region) {
    List<Hit> hits = new ArrayList<>();
    for (String kind : ORDER) {
      boolean wanted =
          detectors.contains(kind) || (detectors.contains("personal") && PERSONAL.contains(kind));
      if (wanted) {
        hits.addAll(detector(kind, region).find(text));
      }
    }
    return apart(hits);
  }

  private static Detector detector(String kind, String region) {
    return kind.equals("phone")
        ? PHONES.computeIfAbsent(region, Phones::new)
        : Objects.requireNonNull(KINDS.get(kind));
  }

  static List<Hit> apart(List<Hit> hits) {
    List<Hit> best = new ArrayList<>(hits);
    best.sort(
        Comparator.comparingInt((Hit it) -> said(it))
            .thenComparingInt(it -> ORDER.indexOf(it.kind()))
            .thenComparingInt(it -> -it.length()));
    List<Hit> kept = new ArrayList<>();
    for (Hit hit : best) {
      if (kept.stream().noneMatch(hit::overlaps)) {
        kept.add(hit);
      }
    }
    kept.sort(Comparator.comparingInt(Hit::start));
    return kept;
  }

  /** What is only guessed from a name beside it gives way to what has a form of its own. */
  private static int said(Hit hit) {
    return hit.rule().equals("named-secret") || hit.rule().equals("said-secret") ? 1 : 0;
  }
}
