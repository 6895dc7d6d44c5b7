package io.signalbox.agents.hands.sql;

import io.signalbox.agents.hands.kit.Setback;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configured databases by name; each is prepared at once, in the background. */
public final class Datasources implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Datasources.class);

  private final Map<String, Datasource> named = new TreeMap<>();

  public Datasources(Map<String, DatasourceSettings> settings, Optional<GatewayDatabase> gateway) {
    settings.forEach((name, its) -> named.put(name, new Datasource(name, its, gateway)));
  }

  /** Runs the init scripts, so that the first call does not have to. */
  public void prepare() {
    named.values().forEach(it -> Thread.ofVirtual().name("prepare").start(() -> prepare(it)));
  }

  private static void prepare(Datasource datasource) {
    try {
      datasource.prepare();
    } catch (SQLException | IOException e) {
      LOG.warn(
          "datasource {} is not prepared yet, the next call tries again: {}",
          datasource.name(),
          e.getMessage());
    }
  }

  Datasource find(String name) throws Setback {
    var found = named.get(name);
    if (found == null) {
      throw Setback.invalid(
          "datasource '%s' is not configured; configured are %s".formatted(name, named.keySet()));
    }
    return found;
  }

  @Override
  public void close() {
    named.values().forEach(Datasource::close);
  }
}
