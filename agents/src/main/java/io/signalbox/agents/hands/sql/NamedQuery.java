package io.signalbox.agents.hands.sql;

import io.signalbox.agents.hands.kit.Setback;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A query with {@code :named} parameters, turned into one with places for the driver. Knows what is
 * text, name or comment in PostgreSQL, so that a colon or question mark in there stays one.
 *
 * @param sql with {@code ?} places
 * @param names of the parameters in the order of their places
 */
record NamedQuery(String sql, List<String> names) {
  private static final Pattern DOLLAR = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)?\\$");

  NamedQuery {
    names = List.copyOf(names);
  }

  static NamedQuery parse(String text) throws Setback {
    return new Reader(text).read();
  }

  private static final class Reader {
    private final String text;
    private final StringBuilder sql = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private int at;

    Reader(String text) {
      this.text = text;
    }

    NamedQuery read() throws Setback {
      while (at < text.length()) {
        step();
      }
      return new NamedQuery(sql.toString(), names);
    }

    private void step() throws Setback {
      char c = text.charAt(at);
      var dollar = DOLLAR.matcher(text).region(at, text.length());
      if (c == '\'') {
        copyTo(quoted('\'', hasEscapes()));
      } else if (c == '"') {
        copyTo(quoted('"', false));
      } else if (text.startsWith("--", at)) {
        copyTo(after("\n", at));
      } else if (text.startsWith("/*", at)) {
        copyTo(afterComment());
      } else if (c == '$' && !isName(at - 1) && dollar.lookingAt()) {
        copyTo(after(dollar.group(), dollar.end()));
      } else if (text.startsWith("::", at) || text.startsWith(":=", at)) {
        copyTo(at + 2);
      } else if (c == ':' && at + 1 < text.length() && isStart(text.charAt(at + 1))) {
        parameter();
      } else if (c == '?') {
        sql.append("??");
        at++;
      } else if (c == ';') {
        end();
      } else {
        copyTo(at + 1);
      }
    }

    private void parameter() {
      int end = at + 1;
      while (isName(end)) {
        end++;
      }
      names.add(text.substring(at + 1, end));
      sql.append('?');
      at = end;
    }

    /** The driver would send what follows as a statement of its own. */
    private void end() throws Setback {
      if (!text.substring(at + 1).isBlank()) {
        throw Setback.invalid("/config/query: must be one statement");
      }
      at = text.length();
    }

    private boolean hasEscapes() {
      return at > 0 && "eE".indexOf(text.charAt(at - 1)) >= 0 && !isName(at - 2);
    }

    private int quoted(char quote, boolean escapes) {
      int end = at + 1;
      while (end < text.length()) {
        char c = text.charAt(end);
        if (c == '\\' && escapes) {
          end += 2;
        } else if (c != quote) {
          end++;
        } else if (end + 1 < text.length() && text.charAt(end + 1) == quote) {
          end += 2;
        } else {
          return end + 1;
        }
      }
      return text.length();
    }

    private int afterComment() {
      int depth = 0;
      int end = at;
      do {
        if (text.startsWith("/*", end)) {
          depth++;
          end += 2;
        } else if (text.startsWith("*/", end)) {
          depth--;
          end += 2;
        } else {
          end++;
        }
      } while (depth > 0 && end < text.length());
      return end;
    }

    private int after(String closing, int from) {
      int found = text.indexOf(closing, from);
      return found < 0 ? text.length() : found + closing.length();
    }

    private void copyTo(int end) {
      int until = Math.min(end, text.length());
      sql.append(text, at, until);
      at = until;
    }

    private boolean isName(int index) {
      return index >= 0
          && index < text.length()
          && (isStart(text.charAt(index)) || Character.isDigit(text.charAt(index)));
    }

    private static boolean isStart(char c) {
      return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
  }
}
