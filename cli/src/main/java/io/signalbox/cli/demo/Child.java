package io.signalbox.cli.demo;

import io.signalbox.cli.Pause;
import io.signalbox.cli.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process of the demo's own, its output in a file. */
final class Child {
  private static final Duration LOOK = Duration.ofMillis(50);

  private final String name;
  private final Process process;
  private final Path output;

  private Child(String name, Process process, Path output) {
    this.name = name;
    this.process = process;
    this.output = output;
  }

  static Child start(
      String name, Path output, Map<String, String> environment, List<String> command)
      throws Trouble {
    try {
      Files.deleteIfExists(output);
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      // the demo's server is its own: settings for another one must not reach it
      builder.environment().keySet().removeIf(it -> it.startsWith("SIGNALBOX_") && !kept(it));
      builder.environment().putAll(environment);
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      return new Child(name, builder.start(), output);
    } catch (IOException e) {
      throw Trouble.here("cannot start the " + name + ": " + e.getMessage(), "see the line above");
    }
  }

  private static boolean kept(String variable) {
    return variable.equals("SIGNALBOX_JAVA_OPTS") || variable.equals("SIGNALBOX_DB_URL");
  }

  /** What follows the first line that begins so; waits for it. */
  String await(String beginning, Duration patience) throws Trouble {
    long until = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < until) {
      Optional<String> line = line(beginning);
      if (line.isPresent()) {
        return line.get().substring(beginning.length()).strip();
      }
      if (!process.isAlive()) {
        throw Trouble.here(
            "the " + name + " ended before it was ready:\n" + said(), "see " + output);
      }
      Pause.of(LOOK);
    }
    throw Trouble.here(
        "the " + name + " was not ready after " + patience.toSeconds() + " s", "see " + output);
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL: no time for a last word. */
  void kill() {
    process.destroyForcibly();
    ended(Duration.ofSeconds(10));
  }

  /** SIGTERM, and SIGKILL only if that is not heard. */
  void stop() {
    process.destroy();
    if (!ended(Duration.ofSeconds(40))) {
      kill();
    }
  }

  private boolean ended(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  private Optional<String> line(String beginning) {
    return said().lines().filter(it -> it.startsWith(beginning)).findFirst();
  }

  private String said() {
    try {
      return Files.exists(output) ? Files.readString(output) : "";
    } catch (IOException e) {
      return "(its output cannot be read: " + e.getMessage() + ")";
    }
  }
}
