package io.signalbox.agents.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.guard.sensitive.Hit;
import io.signalbox.protocol.guard.Pseudonyms.Hidden;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts pseudonyms in place of what was found, and the true values back in place of pseudonyms. */
public final class Redaction {
  private static final Pattern PSEUDONYM = Pattern.compile("\\[[A-Z-]{2,24}_[0-9a-z]{10}\\]");

  private Redaction() {}

  /** What has to be given a pseudonym before {@link #apply}. */
  public static Set<Hidden> values(JsonNode content, Map<String, List<Hit>> cuts) {
    Set<Hidden> values = new LinkedHashSet<>();
    cuts.forEach(
        (pointer, hits) -> {
          String text = content.at(pointer).asText();
          merged(hits)
              .forEach(
                  hit ->
                      values.add(new Hidden(hit.kind(), text.substring(hit.start(), hit.end()))));
        });
    return values;
  }

  /** The content with the pseudonyms in place of the values. */
  public static JsonNode apply(
      JsonNode content, Map<String, List<Hit>> cuts, Map<Hidden, String> pseudonyms) {
    Map<String, String> texts = new HashMap<>();
    cuts.forEach(
        (pointer, hits) -> {
          String text = content.at(pointer).asText();
          StringBuilder out = new StringBuilder();
          int at = 0;
          for (Hit hit : merged(hits)) {
            Hidden hidden = new Hidden(hit.kind(), text.substring(hit.start(), hit.end()));
            out.append(text, at, hit.start()).append(pseudonyms.get(hidden));
            at = hit.end();
          }
          texts.put(pointer, out.append(text, at, text.length()).toString());
        });
    return JsonTexts.with(content, texts);
  }

  /** What overlaps is hidden as one, so that no part of either shows. */
  private static List<Hit> merged(List<Hit> hits) {
    List<Hit> sorted = new ArrayList<>(hits);
    sorted.sort(Comparator.comparingInt(Hit::start).thenComparingInt(it -> -it.end()));
    List<Hit> merged = new ArrayList<>();
    for (Hit hit : sorted) {
      if (!merged.isEmpty() && hit.start() < merged.getLast().end()) {
        Hit last = merged.removeLast();
        int end = Math.max(last.end(), hit.end());
        merged.add(new Hit(last.kind(), last.rule(), last.start(), end, last.score()));
      } else {
        merged.add(hit);
      }
    }
    return merged;
  }

  /** Every pseudonym in the content, ours or not. */
  public static Set<String> pseudonyms(JsonNode content) {
    Set<String> found = new LinkedHashSet<>();
    for (JsonTexts.Text text : JsonTexts.of(content, Integer.MAX_VALUE)) {
      Matcher m = PSEUDONYM.matcher(text.text());
      while (m.find()) {
        found.add(m.group());
      }
    }
    return found;
  }

  /** The content with these values in place of their pseudonyms; others stay. */
  public static JsonNode restore(JsonNode content, Map<String, String> values) {
    Map<String, String> texts = new HashMap<>();
    for (JsonTexts.Text text : JsonTexts.of(content, Integer.MAX_VALUE)) {
      Matcher m = PSEUDONYM.matcher(text.text());
      String restored =
          m.replaceAll(it -> Matcher.quoteReplacement(values.getOrDefault(it.group(), it.group())));
      if (!restored.equals(text.text())) {
        texts.put(text.pointer(), restored);
      }
    }
    return JsonTexts.with(content, texts);
  }
}
