package io.signalbox.boot.config;

import com.typesafe.config.Config;
import java.util.List;
import java.util.regex.Pattern;

/**
 * This node's place in the cluster, from {@code signalbox.cluster}.
 *
 * @param seeds {@code HOST:PORT} of the nodes to join by; empty for a cluster of its own
 */
public record ClusterSettings(String host, int port, List<String> seeds) {
  private static final Pattern SEED = Pattern.compile("[^:\\s]+:[0-9]{1,5}");

  public ClusterSettings {
    seeds = List.copyOf(seeds);
    for (String seed : seeds) {
      Check.that(
          SEED.matcher(seed).matches(),
          "signalbox.cluster.seeds",
          "'" + seed + "' is not of the form HOST:PORT");
    }
    Check.that(port >= 0 && port <= 65_535, "signalbox.cluster.port", "must be 0 to 65535");
    Check.that(
        seeds.isEmpty() || port > 0,
        "signalbox.cluster.port",
        "must be given where there are seeds, so that others can reach this node");
  }

  static ClusterSettings from(Config config) {
    return new ClusterSettings(
        config.getString("host"), config.getInt("port"), config.getStringList("seeds"));
  }
}
