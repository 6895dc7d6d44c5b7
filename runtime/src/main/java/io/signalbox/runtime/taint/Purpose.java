package io.signalbox.runtime.taint;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a tool is for, from its name and, where that says nothing, the beginning of its description.
 */
record Purpose(List<String> name, Set<Effect> effects, Set<Topic> topics) {
  private static final Pattern PARTS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+");
  private static final Set<Topic> OWN =
      EnumSet.of(Topic.MAIL, Topic.CHAT, Topic.MONEY, Topic.CALENDAR, Topic.HOME, Topic.ACCOUNT);

  Purpose {
    name = List.copyOf(name);
  }

  static Purpose of(ToolDefinition tool) {
    List<String> name = parts(tool.name());
    Set<Effect> effects = effects(name);
    if (effects.isEmpty()) {
      List<String> words = Words.tokens(tool.description());
      effects = effects(words.subList(0, Math.min(2, words.size())));
    }
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    name.forEach(it -> topics.addAll(Lexicon.topics(it)));
    if (topics.contains(Topic.MONEY)
        && (effects.contains(Effect.SEND) || effects.contains(Effect.CREATE))
        && !topics.contains(Topic.FILE)) {
      effects.add(Effect.PAY);
      effects.remove(Effect.SEND);
    }
    return new Purpose(name, effects, topics);
  }

  static List<String> parts(String name) {
    return Arrays.stream(PARTS.split(name, -1))
        .map(it -> it.toLowerCase(Locale.ROOT))
        .filter(it -> !it.isEmpty())
        .toList();
  }

  private static Set<Effect> effects(List<String> words) {
    Set<Effect> effects = EnumSet.noneOf(Effect.class);
    for (String word : words) {
      if (!Lexicon.noun(word) || words.size() == 1) {
        effects.addAll(Lexicon.effects(word));
      }
    }
    if (effects.isEmpty()) {
      words.forEach(word -> effects.addAll(Lexicon.effects(word)));
    }
    return effects;
  }

  boolean pays() {
    return effects.contains(Effect.PAY);
  }

  /** Clauses that ask for what this tool does. */
  List<Clauses.Clause> asking(Clauses clauses) {
    Set<Topic> asked = clauses.topics();
    boolean foreign =
        !topics.isEmpty()
            && !asked.isEmpty()
            && topics.stream().allMatch(OWN::contains)
            && asked.stream().anyMatch(OWN::contains)
            && topics.stream().noneMatch(asked::contains)
            && !implied(clauses);
    List<Clauses.Clause> found = new ArrayList<>();
    for (Clauses.Clause clause : clauses.all()) {
      boolean wanted = clause.effects().stream().anyMatch(effects::contains);
      if ((wanted && !foreign) || named(clause)) {
        found.add(clause);
      }
    }
    return found;
  }

  /** To reply needs no word for mail. */
  private boolean implied(Clauses clauses) {
    boolean sends = topics.contains(Topic.MAIL) || topics.contains(Topic.CHAT);
    return (sends && asked(clauses, Effect.SEND))
        || (effects.contains(Effect.PAY) && asked(clauses, Effect.PAY))
        || (topics.contains(Topic.CALENDAR) && asked(clauses, Effect.CREATE));
  }

  private static boolean asked(Clauses clauses, Effect effect) {
    return clauses.all().stream().anyMatch(it -> it.effects().contains(effect));
  }

  /** Whether the clause says all words of the tool's name. */
  private boolean named(Clauses.Clause clause) {
    List<String> stems = clause.tokens().stream().map(Words::stem).toList();
    return name.size() >= 2 && name.stream().map(Words::stem).allMatch(stems::contains);
  }

  /** Leaves of the schema's own view of an argument. */
  static JsonNode schema(ToolDefinition tool, String argument) {
    return tool.parameters().path("properties").path(argument);
  }
}
