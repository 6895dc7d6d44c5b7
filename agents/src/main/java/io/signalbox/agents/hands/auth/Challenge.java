package io.signalbox.agents.hands.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One challenge of a WWW-Authenticate header (RFC 9110, section 11.6.1). */
record Challenge(String scheme, Map<String, String> parameters) {
  private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

  /** A parameter, or the name of the next scheme. */
  private static final Pattern PART =
      Pattern.compile(
          "\\G[\\s,]*(?:("
              + TOKEN
              + ")\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|("
              + TOKEN
              + ")(?=\\s*(?:,|$)))|("
              + TOKEN
              + ")(?:\\s+[A-Za-z0-9._~+/-]+=*(?=\\s*(?:,|$)))?)");

  Challenge {
    parameters = Map.copyOf(parameters);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** All challenges of all header lines, in their order. */
  static List<Challenge> read(List<String> lines) {
    var all = new ArrayList<Challenge>();
    for (var line : lines) {
      var parts = PART.matcher(line);
      var scheme = "";
      var parameters = new TreeMap<String, String>();
      while (parts.find()) {
        if (parts.group(4) != null) {
          add(all, scheme, parameters);
          scheme = parts.group(4);
          parameters = new TreeMap<>();
        } else {
          var value = parts.group(2) == null ? parts.group(3) : unquoted(parts.group(2));
          parameters.put(parts.group(1).toLowerCase(Locale.ROOT), value);
        }
      }
      add(all, scheme, parameters);
    }
    return all;
  }

  private static void add(List<Challenge> all, String scheme, Map<String, String> parameters) {
    if (!scheme.isEmpty()) {
      all.add(new Challenge(scheme, parameters));
    }
  }

  private static String unquoted(String text) {
    return text.replaceAll("\\\\(.)", "$1");
  }
}
