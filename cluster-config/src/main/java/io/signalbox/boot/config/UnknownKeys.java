package io.signalbox.boot.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds keys that no reference.conf documents. An object that the reference leaves empty is a map
 * whose keys the operator chooses.
 */
final class UnknownKeys {
  private UnknownKeys() {}

  static List<String> in(ConfigObject given, ConfigObject reference, String path) {
    List<String> unknown = new ArrayList<>();
    for (Map.Entry<String, ConfigValue> entry : given.entrySet()) {
      String at = path + "." + ConfigUtil.joinPath(entry.getKey());
      ConfigValue known = reference.get(entry.getKey());
      if (known == null) {
        unknown.add(at + ": unknown key" + origin(entry.getValue()));
      } else if (known instanceof ConfigObject inner && !inner.isEmpty()) {
        if (entry.getValue() instanceof ConfigObject object) {
          unknown.addAll(in(object, inner, at));
        } else {
          unknown.add(at + ": must be a group of keys, not a value" + origin(entry.getValue()));
        }
      }
    }
    return unknown.stream().sorted().toList();
  }

  private static String origin(ConfigValue value) {
    return " (" + value.origin().description() + ")";
  }
}
