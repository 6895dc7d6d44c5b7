package io.signalbox.runtime.taint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One content, taken apart: records of short fields, which machines fill in, and running text, in
 * which anybody may say anything.
 *
 * @param full whether something was left out because there is too much
 */
record Print(Content content, List<Entry> entries, List<Said> said, boolean full) {
  private static final int MOST_ENTRIES = 2000;
  private static final int MOST_SAID = 4000;
  private static final int REACH = 4;
  private static final int DEEPEST = 12;
  private static final Pattern HEADER = Pattern.compile("([A-Za-z][A-Za-z _-]{0,24}): ?(.{1,160})");
  private static final Pattern ANGLE = Pattern.compile("(.{0,60})<([^<>\\s]{3,80})>");
  private static final Set<String> TEXTS =
      Words.set(
          ("body content contents text message messages description comment comments note notes"
              + " snippet html review transcript output memo markdown details excerpt preview"
              + " summary reply bio abstract instructions reason remark remarks feedback caption"
              + " purpose reference diff readme patch quote raw page log stdout value usage"));

  Print {
    entries = List.copyOf(entries);
    said = List.copyOf(said);
  }

  /**
   * A short field.
   *
   * @param record the number of the record it is in
   * @param line its tokens, see {@link Words#line}
   * @param around tokens of the record's other short fields and of those it is in
   */
  record Entry(int record, String key, String line, Set<String> around) {}

  /** A sentence of running text, or one that decoding brought to light. */
  record Said(int record, String text, String line, boolean strong, boolean hidden) {
    boolean has(String wanted) {
      return line.contains(wanted);
    }

    /** Whether it asks for a call of this kind. */
    boolean wants(Purpose purpose) {
      return Clauses.of(List.of(text)).all().stream()
          .flatMap(it -> it.effects().stream())
          .anyMatch(purpose.effects()::contains);
    }

    boolean directive() {
      return strong || Cues.directive(text);
    }
  }

  static Print of(Content content) {
    Reader reader = new Reader();
    reader.read(parsed(content.value()), "", Set.of(), 0);
    return new Print(content, reader.entries, reader.said, reader.full);
  }

  private static JsonNode parsed(JsonNode value) {
    if (value.isTextual()) {
      String text = value.textValue().strip();
      if (text.startsWith("{") || text.startsWith("[")) {
        try {
          JsonNode tree = Json.MAPPER.readTree(text);
          return tree.isContainerNode() ? tree : value;
        } catch (JsonProcessingException e) {
          return value; // text that only begins like JSON is text
        }
      }
    }
    return value;
  }

  private static final class Reader {
    final List<Entry> entries = new ArrayList<>();
    final List<Said> said = new ArrayList<>();
    boolean full;
    int records;

    void read(JsonNode node, String key, Set<String> above, int depth) {
      if (depth > DEEPEST || entries.size() > MOST_ENTRIES || said.size() > MOST_SAID) {
        full = true;
        return;
      }
      if (node.isObject()) {
        object(node, above, depth);
      } else if (node.isArray()) {
        for (JsonNode one : node) {
          if (one.isContainerNode()) {
            read(one, key, above, depth + 1);
          } else {
            int record = ++records;
            scalar(record, key, one, above, false);
          }
        }
      } else {
        int record = ++records;
        scalar(record, key, node, above, true);
      }
    }

    private void object(JsonNode node, Set<String> above, int depth) {
      int record = ++records;
      Set<String> around = new HashSet<>(above);
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        JsonNode value = field.getValue();
        if (value.isValueNode() && names(value)) {
          around.addAll(Words.tokens(value.asText()));
        } else if (value.isArray()) {
          value.forEach(
              it -> {
                if (it.isValueNode() && isShort(field.getKey(), it)) {
                  around.addAll(Words.tokens(it.asText()));
                }
              });
        } else if (value.isObject() && value.size() <= 4) {
          value.forEach(
              it -> {
                if (it.isValueNode() && isShort(field.getKey(), it)) {
                  around.addAll(Words.tokens(it.asText()));
                }
              });
        }
      }
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        JsonNode value = field.getValue();
        if (value.isValueNode()) {
          scalar(record, field.getKey(), value, around, false);
        } else if (value.isArray()) {
          for (JsonNode one : value) {
            if (one.isValueNode()) {
              scalar(record, field.getKey(), one, around, false);
            } else {
              read(one, field.getKey(), around, depth + 1);
            }
          }
        } else {
          read(value, field.getKey(), around, depth + 1);
        }
      }
    }

    private void scalar(int record, String key, JsonNode value, Set<String> around, boolean alone) {
      if (value.isNull() || value.isMissingNode()) {
        return;
      }
      String text = value.asText();
      if (isShort(key, value) && !alone) {
        entry(record, key, text, around);
        // a short field may carry an order all the same
        if (value.isTextual()) {
          say(record, text);
        }
        return;
      }
      String rest = value.isTextual() ? headers(record, text, around) : text;
      say(record, rest);
    }

    private void entry(int record, String key, String text, Set<String> around) {
      Set<String> near = around.isEmpty() ? Set.copyOf(Words.tokens(text)) : Set.copyOf(around);
      entries.add(new Entry(record, key, Words.line(text), near));
      Matcher angle = ANGLE.matcher(text);
      if (angle.matches()) {
        entries.add(new Entry(record, key, Words.line(angle.group(2)), near));
      }
    }

    /** The lines at the very top of a text that look like a mail's; returns what follows. */
    private String headers(int record, String text, Set<String> above) {
      String[] lines = text.split("\\R", 12);
      int n = 0;
      Set<String> around = new HashSet<>(above);
      while (n < lines.length - 1 && HEADER.matcher(lines[n].strip()).matches()) {
        Matcher it = HEADER.matcher(lines[n].strip());
        if (!it.matches()
            || Cues.strong(lines[n])
            || TEXTS.contains(it.group(1).toLowerCase(java.util.Locale.ROOT))) {
          break;
        }
        around.addAll(Words.tokens(it.group(2)));
        n++;
      }
      boolean ended = n >= 2 && n < lines.length && lines[n].isBlank();
      if (!ended) {
        return text;
      }
      for (int i = 0; i < n; i++) {
        Matcher it = HEADER.matcher(lines[i].strip());
        if (it.matches()) {
          entry(record, it.group(1), it.group(2), around);
          say(record, it.group(2));
        }
      }
      return text.substring(text.indexOf(lines[n - 1]) + lines[n - 1].length());
    }

    private void say(int record, String text) {
      Set<String> open = new HashSet<>();
      int after = 0;
      for (String sentence : Words.sentences(text)) {
        boolean strong = Cues.strong(sentence);
        open.add(Words.line(sentence));
        // an order goes on for a while once the machine is spoken to
        after = strong ? REACH : after - 1;
        said.add(new Said(record, sentence, Words.line(sentence), strong || after > 0, false));
        String unmasked = Words.unmasked(Words.plain(sentence));
        if (!Words.line(unmasked).equals(Words.line(sentence))) {
          said.add(new Said(record, unmasked, Words.line(unmasked), true, true));
        }
      }
      for (String hidden : Unwrapped.of(text)) {
        for (String sentence : Words.sentences(hidden)) {
          String line = Words.line(sentence);
          if (!open.contains(line)) {
            said.add(new Said(record, sentence, line, true, true));
          }
        }
      }
      if (said.size() > MOST_SAID) {
        full = true;
      }
    }

    /** Whether the words tell what the record is, though they may be anybody's. */
    private static boolean names(JsonNode value) {
      return !value.isTextual()
          || (value.textValue().length() <= 100
              && Words.tokens(value.textValue()).size() <= 10
              && !Cues.strong(value.textValue()));
    }

    private static boolean isShort(String key, JsonNode value) {
      if (!value.isTextual()) {
        return true;
      }
      String text = value.textValue();
      List<String> words = Purpose.parts(key);
      boolean named = !words.isEmpty() && TEXTS.contains(words.getLast());
      return text.length() <= 100
          && text.indexOf('\n') < 0
          && text.split("\\s+", -1).length <= 10
          && !(named && text.split("\\s+", -1).length > 2)
          && !Cues.strong(text);
    }
  }
}
