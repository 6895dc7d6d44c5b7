package io.signalbox.boot.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything that was set, the strongest first: command line, system properties, environment, the
 * file given, and what is built in.
 */
public final class Configuration {
  private Configuration() {}

  /** Reads it all; fails naming each unknown key under {@code signalbox}. */
  public static Config load(Arguments arguments, Map<String, String> environment)
      throws ConfigurationFault {
    try {
      Config reference = ConfigFactory.defaultReference();
      Config file = file(arguments);
      Config overrides = ConfigFactory.systemProperties();
      Config given =
          (overrides.hasPath("signalbox")
                  ? overrides.withOnlyPath("signalbox")
                  : ConfigFactory.empty())
              .withFallback(EnvironmentKeys.of(environment, reference))
              .withFallback(file);
      given = arguments.settings(port(given)).withFallback(given);
      if (given.hasPath("signalbox")) {
        List<String> unknown =
            UnknownKeys.in(
                given.getObject("signalbox"), reference.getObject("signalbox"), "signalbox");
        if (!unknown.isEmpty()) {
          throw new ConfigurationFault(unknown);
        }
      }
      Config whole =
          overrides
              .withFallback(given)
              .withFallback(ConfigFactory.parseResourcesAnySyntax("application"))
              .withFallback(ConfigFactory.defaultReferenceUnresolved());
      return bound(credentialled(whole)).resolve();
    } catch (ConfigException e) {
      throw new ConfigurationFault(String.valueOf(e.getMessage()));
    }
  }

  private static Config file(Arguments arguments) throws ConfigurationFault {
    if (arguments.config().isEmpty()) {
      return ConfigFactory.empty();
    }
    Path path = arguments.config().get();
    if (!Files.isReadable(path)) {
      throw new ConfigurationFault("--config: " + path + " cannot be read");
    }
    return ConfigFactory.parseFile(
        path.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
  }

  private static int port(Config given) {
    return given.hasPath("signalbox.http.port") ? given.getInt("signalbox.http.port") : 0;
  }

  /** Somebody who sets the admin key has set up credentials. */
  private static Config credentialled(Config whole) {
    return whole.resolve().getString("signalbox.admin-key").isBlank()
        ? whole
        : whole.withValue(
            "signalbox.http.credentials", ConfigValueFactory.fromAnyRef("configured"));
  }

  /** A node binds to the name it has unless told otherwise. */
  private static Config bound(Config whole) {
    Config resolved = whole.resolve();
    String bind = resolved.getString("signalbox.cluster.bind-host");
    return bind.isEmpty()
        ? whole.withValue(
            "signalbox.cluster.bind-host",
            ConfigValueFactory.fromAnyRef(resolved.getString("signalbox.cluster.host")))
        : whole;
  }
}
