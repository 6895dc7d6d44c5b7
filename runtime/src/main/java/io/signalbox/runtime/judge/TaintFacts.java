package io.signalbox.runtime.judge;

import io.signalbox.runtime.taint.Content;
import io.signalbox.runtime.taint.Finding;
import io.signalbox.runtime.taint.Setting;
import io.signalbox.runtime.taint.Tracing;
import io.signalbox.runtime.taint.Wish;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What conditions can ask about what an agent has read, worked out when one asks first. For a
 * workflow's own call nothing was read; once people have answered, only that it was steered is
 * still known.
 */
final class TaintFacts extends AbstractMap<String, Object> {
  private final Question question;
  private @Nullable Map<String, Object> made;

  TaintFacts(Question question) {
    this.question = question;
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    if (made == null) {
      made = facts();
    }
    return made.entrySet();
  }

  private Map<String, Object> facts() {
    Optional<Setting> setting = question.setting();
    Finding found =
        setting.isPresent() && question.definition().isPresent()
            ? Tracing.find(
                setting.get(), new Wish(question.definition().get(), question.arguments()))
            : Finding.CLEAN;
    // people may have answered that question, when the rest is no longer known
    boolean steered = !found.clean() || question.granted().contains(SteeredCalls.RULE);
    Map<String, List<String>> arguments = new TreeMap<>();
    found.steered().stream()
        .filter(it -> !it.argument().isEmpty())
        .forEach(it -> arguments.put(it.argument(), it.sources()));
    List<String> untrusted = sources(setting, it -> it.trust() == Content.Trust.UNTRUSTED);
    List<String> sensitive = sources(setting, Content::sensitive);
    return Map.of(
        "known",
        setting.isPresent(),
        "steered",
        steered,
        "call",
        found.steered().stream().anyMatch(it -> it.argument().isEmpty()),
        "arguments",
        arguments,
        "untrusted",
        !untrusted.isEmpty() || steered,
        "sensitive",
        !sensitive.isEmpty(),
        "sources",
        untrusted,
        "sensitiveSources",
        sensitive);
  }

  private static List<String> sources(Optional<Setting> setting, Predicate<Content> which) {
    return setting.stream()
        .flatMap(it -> it.read().stream())
        .filter(which)
        .map(Content::source)
        .distinct()
        .toList();
  }
}
