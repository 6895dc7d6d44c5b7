package io.signalbox.boot.postgres;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Whom the database runs as: the gateway's own user or, since PostgreSQL refuses to run as root, an
 * unprivileged id taken on by {@code setpriv}, which needs no user namespaces.
 *
 * @param uid the numeric user id, -1 for the gateway's own
 */
record Account(int uid) {
  static final int NOBODY = 65534;
  private static final Path SELF = Path.of("/proc/self");
  private static final List<Path> SETPRIV =
      List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));

  static Account current() throws IOException {
    if (!Files.exists(SELF)) {
      throw new IOException(
          "the PostgreSQL that comes with the gateway runs on Linux alone; give a database of your"
              + " own with --db-url");
    }
    return (int) Files.getAttribute(SELF, "unix:uid") == 0 ? new Account(NOBODY) : new Account(-1);
  }

  boolean borrowed() {
    return uid >= 0;
  }

  void own(Path path) throws IOException {
    if (borrowed()) {
      Files.setAttribute(path, "unix:uid", uid);
      Files.setAttribute(path, "unix:gid", uid);
    }
  }

  /** Runs a command to its end and gives what it printed; fails with that text if it fails. */
  String run(Duration patience, String... command) throws IOException {
    Path output = Files.createTempFile("signalbox-postgres", ".out");
    try {
      ProcessBuilder builder = new ProcessBuilder(as(List.of(command)));
      Map<String, String> environment = builder.environment();
      environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
      environment.put("LC_ALL", "C");
      Process process =
          builder
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException(command[0] + " took longer than " + patience);
      }
      String said = Files.readString(output, StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new IOException(command[0] + " failed (" + process.exitValue() + "): " + said);
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + command[0]);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private List<String> as(List<String> command) throws IOException {
    if (!borrowed()) {
      return command;
    }
    Path setpriv =
        SETPRIV.stream()
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(
                () ->
                    new IOException(
                        "PostgreSQL does not run as root and setpriv (util-linux) is not installed:"
                            + " install it, start as an ordinary user, or give --db-url"));
    List<String> whole = new ArrayList<>();
    whole.addAll(
        List.of(setpriv.toString(), "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "--"));
    whole.addAll(command);
    return whole;
  }
}
