package io.signalbox.agents.hands.process;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which processes may be started, and within what bounds; hands.conf says what each key means.
 *
 * @param interpreters the command of each script language that is enabled, such as {@code python}
 * @param user numeric user and group to become, {@code UID:GID}; needs a gateway that runs as root
 */
public record ProcessSettings(
    boolean shell,
    Map<String, String> interpreters,
    Optional<Engine> container,
    Limits limits,
    Optional<String> user,
    boolean network,
    String path,
    Path folder) {
  private static final Pattern USER = Pattern.compile("[1-9][0-9]{0,9}:[1-9][0-9]{0,9}");

  /**
   * What every process may take.
   *
   * @param atOnce processes of one node at the same time
   * @param output bytes of standard output, and as many of standard error
   * @param memory bytes of address space of each process
   */
  public record Limits(
      int atOnce, long output, long memory, Duration cpu, int processes, int files, long fileSize) {
    public Limits {
      if (atOnce < 1 || output < 1 || memory < 1 || processes < 1 || files < 1 || fileSize < 0) {
        throw new IllegalArgumentException("processes.limits: every limit must be 1 or more");
      }
      if (cpu.toSeconds() < 1) {
        throw new IllegalArgumentException("processes.limits.cpu must be one second or more");
      }
    }
  }

  /**
   * The engine for containers, by its command line.
   *
   * @param command such as {@code docker} or {@code sudo podman}
   * @param network name of the network containers join; {@code none} for none
   * @param volumes host folders that may be mounted, with all below them
   * @param environment what the command line itself needs, such as {@code DOCKER_HOST}
   */
  public record Engine(
      List<String> command,
      String network,
      String memory,
      String cpus,
      int processes,
      List<String> volumes,
      boolean ports,
      Map<String, String> environment) {
    public Engine {
      command = List.copyOf(command);
      volumes = List.copyOf(volumes);
      environment = Map.copyOf(environment);
      if (command.isEmpty()) {
        throw new IllegalArgumentException("processes.container.command must not be empty");
      }
    }
  }

  public ProcessSettings {
    interpreters = Map.copyOf(interpreters);
    if (user.isPresent() && !USER.matcher(user.get()).matches()) {
      throw new IllegalArgumentException("processes.user must be UID:GID, numbers, not root");
    }
  }

  /** From {@code signalbox.agents.hands.processes}. */
  public static ProcessSettings from(Config processes) {
    Map<String, String> interpreters = new TreeMap<>();
    for (String language : List.of("python", "js")) {
      if (processes.getBoolean(language + ".enabled")) {
        interpreters.put(language, processes.getString(language + ".command"));
      }
    }
    Config limits = processes.getConfig("limits");
    return new ProcessSettings(
        processes.getBoolean("shell.enabled"),
        interpreters,
        processes.getBoolean("container.enabled")
            ? Optional.of(engine(processes.getConfig("container")))
            : Optional.empty(),
        new Limits(
            limits.getInt("at-once"),
            limits.getBytes("output"),
            limits.getBytes("memory"),
            limits.getDuration("cpu"),
            limits.getInt("processes"),
            limits.getInt("files"),
            limits.getBytes("file-size")),
        Optional.of(processes.getString("user")).filter(it -> !it.isBlank()),
        processes.getBoolean("network"),
        processes.getString("path"),
        Path.of(
            Optional.of(processes.getString("folder"))
                .filter(it -> !it.isBlank())
                .orElseGet(() -> System.getProperty("java.io.tmpdir", "/tmp"))));
  }

  private static Engine engine(Config container) {
    Map<String, String> environment = new TreeMap<>();
    Config given = container.getConfig("environment");
    given
        .root()
        .keySet()
        .forEach(name -> environment.put(name, given.getString("\"" + name + "\"")));
    return new Engine(
        container.getStringList("command"),
        container.getString("network"),
        container.getString("memory"),
        container.getString("cpus"),
        container.getInt("processes"),
        container.getStringList("volumes"),
        container.getBoolean("ports"),
        environment);
  }

  /** The kinds that workflows may run: {@code shell}, {@code script:python}, {@code container}. */
  public Set<String> kinds() {
    Set<String> kinds = new TreeSet<>();
    if (shell) {
      kinds.add("shell");
    }
    interpreters.keySet().forEach(language -> kinds.add("script:" + language));
    container.ifPresent(_ -> kinds.add("container"));
    return kinds;
  }
}
