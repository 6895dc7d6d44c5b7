package io.signalbox.boot.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Turns {@code SIGNALBOX_DATABASE_POOL_SIZE} into {@code signalbox.database.pool-size}. */
final class EnvironmentKeys {
  private static final Pattern APART = Pattern.compile("[.-]");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  private EnvironmentKeys() {}

  static Config of(Map<String, String> environment, Config reference) {
    Map<String, Object> found = new HashMap<>();
    String url = environment.get("SIGNALBOX_DB_URL");
    if (url != null) {
      found.put("signalbox.database.url", url);
    }
    for (Map.Entry<String, ConfigValue> entry : reference.getConfig("signalbox").entrySet()) {
      String path = "signalbox." + entry.getKey();
      String text = environment.get(name(path));
      if (text != null) {
        found.put(path, entry.getValue() instanceof ConfigList ? list(text) : text);
      }
    }
    return ConfigFactory.parseMap(found, "the environment");
  }

  static String name(String path) {
    String plain = String.join(".", ConfigUtil.splitPath(path));
    return APART.matcher(plain).replaceAll("_").toUpperCase(Locale.ROOT);
  }

  private static List<String> list(String text) {
    return text.isBlank() ? List.of() : COMMA.splitAsStream(text.strip()).toList();
  }
}
