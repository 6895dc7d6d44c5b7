package io.signalbox.boot.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line. With several nodes on one machine the ports given are those of the first node,
 * and node I takes the I-1st port after them.
 *
 * @param node which of the local nodes this is, from 1
 */
public record Arguments(
    Optional<Path> config,
    Optional<String> host,
    Optional<Integer> port,
    Optional<String> data,
    Optional<String> databaseUrl,
    int node,
    int nodes,
    Optional<Integer> clusterPort,
    boolean foreground) {
  public static final String USAGE =
      """
      options:
        --port N           HTTP port (default 8080; 0 takes a free one)
        --host NAME        interface to listen on (default 127.0.0.1)
        --data DIR         folder for database, logs and admin key (default data)
        --db-url URL       a PostgreSQL of your own instead of the embedded one
        --config FILE      settings in HOCON
        --nodes N          how many nodes there are on this machine (default 1)
        --node-index I     which of them this is (default 1)
        --cluster-port N   port between nodes of the first one (default: HTTP port + 10000)
        --foreground       also log to standard error""";

  private static final int DEFAULT_PORT = 8080;

  /** Reads a command line; every fault at once. */
  public static Arguments parse(List<String> words) throws ConfigurationFault {
    Map<String, String> values = new HashMap<>();
    List<String> faults = new ArrayList<>();
    boolean foreground = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      switch (word) {
        case "--foreground" -> foreground = true;
        case "--port",
            "--host",
            "--data",
            "--db-url",
            "--config",
            "--nodes",
            "--node-index",
            "--cluster-port" -> {
          if (i + 1 < words.size()) {
            values.put(word, words.get(++i));
          } else {
            faults.add(word + ": a value must follow");
          }
        }
        default -> faults.add(word + ": unknown option");
      }
    }
    Optional<Integer> port = number(values, "--port", 0, 65_535, faults);
    Optional<Integer> clusterPort = number(values, "--cluster-port", 0, 65_535, faults);
    int nodes = number(values, "--nodes", 1, 9, faults).orElse(1);
    int node = number(values, "--node-index", 1, 9, faults).orElse(1);
    if (node > nodes) {
      faults.add("--node-index: must be at most --nodes (" + nodes + ")");
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationFault(faults);
    }
    return new Arguments(
        text(values, "--config").map(Path::of),
        text(values, "--host"),
        port,
        text(values, "--data"),
        text(values, "--db-url"),
        node,
        nodes,
        clusterPort,
        foreground);
  }

  /** What the command line sets, above every file and the environment. */
  Config settings(int configuredPort) {
    Map<String, Object> set = new HashMap<>();
    data.ifPresent(value -> set.put("signalbox.data", value));
    databaseUrl.ifPresent(value -> set.put("signalbox.database.url", value));
    host.ifPresent(value -> set.put("signalbox.http.host", value));
    port.ifPresent(value -> set.put("signalbox.http.port", value));
    if (nodes > 1) {
      int first = port.orElse(configuredPort == 0 ? DEFAULT_PORT : configuredPort);
      int between = clusterPort.orElse(first < 50_000 ? first + 10_000 : first - 10_000);
      List<String> seeds = new ArrayList<>();
      for (int i = 0; i < nodes; i++) {
        seeds.add("127.0.0.1:" + (between + i));
      }
      set.put("signalbox.http.port", first + node - 1);
      set.put("signalbox.cluster.port", between + node - 1);
      set.put("signalbox.cluster.seeds", seeds);
    } else {
      clusterPort.ifPresent(value -> set.put("signalbox.cluster.port", value));
    }
    return ConfigFactory.parseMap(set, "the command line");
  }

  private static Optional<String> text(Map<String, String> values, String name) {
    return Optional.ofNullable(values.get(name));
  }

  private static Optional<Integer> number(
      Map<String, String> values, String name, int least, int most, List<String> faults) {
    return text(values, name)
        .flatMap(
            text -> {
              if (text.matches("[0-9]{1,5}")) {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                  return Optional.of(number);
                }
              }
              faults.add(
                  name + ": " + text + " is not a whole number from " + least + " to " + most);
              return Optional.empty();
            });
  }
}
