package io.signalbox.agents.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.guard.injection.DetectorDown;
import io.signalbox.agents.guard.injection.InjectionDetector;
import io.signalbox.agents.guard.sensitive.Hit;
import io.signalbox.agents.guard.sensitive.Sensitive;
import io.signalbox.protocol.guard.Check;
import io.signalbox.protocol.guard.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Every detector by the name that a check calls it by. */
public final class Detectors {
  private final InjectionDetector injection;
  private final Topics topics;
  private final Judges judges;

  public Detectors(InjectionDetector injection, Topics topics, Judges judges) {
    this.injection = injection;
    this.topics = topics;
    this.judges = judges;
  }

  List<Hit> find(Check check, Stage stage, JsonTexts.Text text) throws DetectorDown {
    JsonNode options = check.options();
    String detector = check.detector();
    if (Sensitive.DETECTORS.contains(detector)) {
      return sensitive(detector, options.path("region").asText(""), text);
    }
    return switch (detector) {
      case "injection" ->
          injection.find(
              text.text(),
              options.path("threshold").asDouble(InjectionDetector.THRESHOLD),
              options.path("model").asBoolean(true));
      case "words" -> Wording.words(options.path("any"), text.text());
      case "pattern" -> Wording.pattern(options.path("pattern").asText(), text.text());
      case "length" ->
          text.text().length() > options.path("max").asInt()
              ? List.of(
                  new Hit(
                      "length", "too-long", options.path("max").asInt(), text.text().length(), 1))
              : List.of();
      case "topic" -> topics.find(options, text.text());
      case "judge" -> judges.find(options, stage, text.text());
      default -> throw new DetectorDown("unknown-detector", "no detector " + detector);
    };
  }

  /** The name of the member says what a value is, as in {@code {"ssn": "..."}}. */
  private static List<Hit> sensitive(String detector, String region, JsonTexts.Text text) {
    String said =
        text.key().replaceAll("(?<=[a-z])(?=[A-Z])", " ").replace('_', ' ').replace('-', ' ');
    String prefix = said.isEmpty() ? "" : said + ": ";
    List<Hit> hits = new ArrayList<>();
    for (Hit hit : Sensitive.find(prefix + text.text(), Set.of(detector), region)) {
      if (hit.start() >= prefix.length()) {
        hits.add(
            new Hit(
                hit.kind(),
                hit.rule(),
                hit.start() - prefix.length(),
                hit.end() - prefix.length(),
                hit.score()));
      }
    }
    return hits;
  }
}
