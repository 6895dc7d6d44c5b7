package io.signalbox.agents.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.guard.injection.DetectorDown;
import io.signalbox.agents.guard.sensitive.Hit;
import io.signalbox.protocol.guard.Action;
import io.signalbox.protocol.guard.Check;
import io.signalbox.protocol.guard.Finding;
import io.signalbox.protocol.guard.Guarded;
import io.signalbox.protocol.guard.Guarded.Verdict;
import io.signalbox.protocol.guard.Guardrail;
import io.signalbox.protocol.guard.Guards;
import io.signalbox.protocol.guard.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks at content on its way: every check of every guardrail that fits, one verdict. Reaches
 * nothing outside but what {@link Detectors} is given; may take long, so never on an actor.
 */
public final class Guard {
  private final Detectors detectors;
  private final int mostCharacters;

  /**
   * @param mostCharacters what is longer is looked at up to there, and told as a finding
   */
  public Guard(Detectors detectors, int mostCharacters) {
    this.detectors = detectors;
    this.mostCharacters = mostCharacters;
  }

  /**
   * What was made of the content.
   *
   * @param cuts what must be replaced before it goes on, by pointer of the text
   */
  public record Looked(Verdict verdict, List<Finding> findings, Map<String, List<Hit>> cuts) {
    /** Nothing was found, or nothing was looked for. */
    public static final Looked CLEAN = new Looked(Verdict.PASSED, List.of(), Map.of());

    public Looked {
      findings = List.copyOf(findings);
      cuts = Map.copyOf(cuts);
    }

    /** As the run is to hear of it; empty when there is nothing to tell. */
    public Optional<Guarded> told(List<Guardrail> rules, long micros) {
      if (findings.isEmpty()) {
        return Optional.empty();
      }
      Set<String> asking = new TreeSet<>();
      for (Finding finding : findings) {
        if (finding.action() == Action.ASK) {
          rules.stream()
              .filter(it -> it.name().equals(finding.guardrail()))
              .forEach(it -> asking.addAll(it.approvers()));
        }
      }
      return Optional.of(new Guarded(verdict, findings, List.copyOf(asking), micros));
    }

    /** The gravest findings in words, for whoever asked for what is blocked. */
    public String why() {
      return findings.stream()
          .filter(it -> it.action() == Action.BLOCK || it.action() == Action.ASK)
          .limit(3)
          .map(
              it ->
                  "guardrail %s: %s (%s) in %s at %s"
                      .formatted(
                          it.guardrail(),
                          it.detector(),
                          it.rule(),
                          it.stage().text(),
                          it.place().isEmpty() ? "/" : it.place()))
          .reduce((a, b) -> a + "; " + b)
          .orElse("");
    }
  }

  /** Looks at all texts of the content. */
  public Looked look(Stage stage, Guards guards, JsonNode content) {
    if (!guards.watch(stage)) {
      return Looked.CLEAN;
    }
    List<JsonTexts.Text> texts = JsonTexts.of(content, mostCharacters);
    List<Found> found = new ArrayList<>();
    for (Guardrail rule : guards.rules()) {
      for (Check check : rule.checks()) {
        if (check.on().contains(stage) && !check.detector().equals("loop")) {
          look(stage, rule, check, texts, found);
        }
      }
    }
    if (texts.stream().mapToInt(it -> it.text().length()).sum() >= mostCharacters) {
      guards.rules().stream()
          .filter(rule -> rule.checks().stream().anyMatch(it -> it.on().contains(stage)))
          .findFirst()
          .ifPresent(
              rule ->
                  found.add(
                      new Found(
                          finding(rule, "length", "not-looked-at", stage, "", rule.onError()),
                          Optional.empty())));
    }
    return verdict(found, guards.cleared());
  }

  /** A finding, and what would be cut out for it. */
  private record Found(Finding finding, Optional<Hit> cut) {}

  private void look(
      Stage stage, Guardrail rule, Check check, List<JsonTexts.Text> texts, List<Found> found) {
    for (JsonTexts.Text text : texts) {
      try {
        for (Hit hit : detectors.find(check, stage, text)) {
          found.add(
              new Found(
                  new Finding(
                      rule.name(),
                      check.detector(),
                      hit.rule(),
                      stage,
                      text.pointer(),
                      check.action(),
                      Optional.of(hit.score())),
                  Optional.of(hit)));
        }
      } catch (DetectorDown e) {
        found.add(
            new Found(
                finding(rule, check.detector(), e.rule(), stage, text.pointer(), rule.onError()),
                Optional.empty()));
        return;
      }
    }
  }

  private static Finding finding(
      Guardrail rule, String detector, String what, Stage stage, String place, Action action) {
    return new Finding(rule.name(), detector, what, stage, place, action, Optional.empty());
  }

  private static Looked verdict(List<Found> found, boolean cleared) {
    Action gravest =
        found.stream()
            .map(it -> it.finding().action())
            .max(Comparator.naturalOrder())
            .orElse(Action.ALLOW);
    Map<String, List<Hit>> cuts = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (Found one : found) {
      if (one.finding().action() == Action.ALLOW) {
        continue;
      }
      findings.add(one.finding());
      if (one.finding().action() == Action.REDACT) {
        one.cut()
            .ifPresent(
                hit ->
                    cuts.computeIfAbsent(one.finding().place(), _ -> new ArrayList<>()).add(hit));
      }
    }
    findings.sort(Comparator.comparing(Finding::action).reversed());
    Verdict verdict =
        cleared || gravest.compareTo(Action.ASK) < 0
            ? Verdict.PASSED
            : gravest == Action.ASK ? Verdict.HELD : Verdict.BLOCKED;
    return new Looked(verdict, findings, cuts);
  }
}
