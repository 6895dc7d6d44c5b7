package io.signalbox.agents.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tool names as models may write them: letters, digits, underscore and dash, at most 64. Translates
 * both ways, without two tools ever sharing a name.
 */
record ToolNames(Map<String, String> toWire, Map<String, String> fromWire) {
  private static final int LONGEST = 64;

  static ToolNames of(List<String> names) {
    Map<String, String> toWire = new LinkedHashMap<>();
    Map<String, String> fromWire = new LinkedHashMap<>();
    for (String name : names) {
      String wire = plain(name);
      for (int n = 2; fromWire.containsKey(wire); n++) {
        String suffix = "_" + n;
        wire = cut(plain(name), LONGEST - suffix.length()) + suffix;
      }
      toWire.put(name, wire);
      fromWire.put(wire, name);
    }
    return new ToolNames(Map.copyOf(toWire), Map.copyOf(fromWire));
  }

  String wire(String name) {
    return toWire.getOrDefault(name, plain(name));
  }

  /** The tool's own name; a name nobody was told of stays as it is, to be refused by that name. */
  String name(String wire) {
    return fromWire.getOrDefault(wire, wire);
  }

  private static String plain(String name) {
    return cut(name.replaceAll("[^a-zA-Z0-9_-]", "_"), LONGEST);
  }

  private static String cut(String text, int length) {
    return text.substring(0, Math.min(text.length(), length));
  }
}
