package io.signalbox.agents.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.guard.injection.DetectorDown;
import io.signalbox.agents.guard.sensitive.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words and patterns that a guardrail names itself. */
final class Wording {
  private static final int KEPT = 1000;
  private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

  private Wording() {}

  /** Any of these as whole words, whatever their case. */
  static List<Hit> words(JsonNode words, String text) {
    StringBuilder any = new StringBuilder();
    for (JsonNode word : words) {
      any.append(any.isEmpty() ? "" : "|").append(Pattern.quote(word.asText()));
    }
    return all(
        "words", compiled("(?iu)(?<![\\p{L}\\p{N}_])(?:" + any + ")(?![\\p{L}\\p{N}_])"), text);
  }

  static List<Hit> pattern(String pattern, String text) throws DetectorDown {
    try {
      return all("pattern", compiled(pattern), new Patient(text, 2_000_000));
    } catch (Patient.Exhausted e) {
      throw new DetectorDown("pattern-too-slow", "the pattern takes too long for this text");
    }
  }

  private static Pattern compiled(String pattern) {
    Pattern known = COMPILED.get(pattern);
    if (known != null) {
      return known;
    }
    if (COMPILED.size() >= KEPT) {
      COMPILED.clear();
    }
    Pattern fresh = Pattern.compile(pattern);
    COMPILED.put(pattern, fresh);
    return fresh;
  }

  private static List<Hit> all(String rule, Pattern pattern, CharSequence text) {
    List<Hit> hits = new ArrayList<>();
    Matcher m = pattern.matcher(text);
    while (m.find()) {
      if (m.end() > m.start()) {
        hits.add(new Hit(rule, rule, m.start(), m.end(), 1));
      }
    }
    return hits;
  }
}
