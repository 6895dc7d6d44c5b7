package io.signalbox.bench.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gateway as a process of its own, with the launcher's Java flags and room for young objects. */
public final class Server implements AutoCloseable {
  private static final int STOP_SECONDS = 60;

  private final Process process;
  private final URI address;
  private final String key;

  private Server(Process process, URI address, String key) {
    this.process = process;
    this.address = address;
    this.key = key;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param flags for its Java, such as {@code -Xmx1g}
   * @param arguments for it, beside those for data folder and database
   */
  public static Server start(
      Path data, Postgres.Base database, List<String> flags, String... arguments)
      throws IOException {
    Files.createDirectories(data);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx1g",
            "-Xms1g",
            "-Xmn640m", // fewer collections while many runs are under way
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dfile.encoding=UTF-8"));
    command.addAll(flags);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path", ""),
            "io.signalbox.boot.Main",
            "--data",
            data.toString()));
    command.addAll(
        List.of(
            "--db-url",
            "postgresql://"
                + database.user()
                + ":"
                + database.password()
                + "@127.0.0.1:"
                + database.port()
                + "/"
                + database.name()));
    if (!List.of(arguments).contains("--port")) {
      command.addAll(List.of("--port", "0"));
    }
    command.addAll(List.of(arguments));
    Path errors = data.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("ready ")) {
        String key = Files.readString(data.resolve("admin.key")).strip();
        return new Server(process, URI.create(line.substring("ready ".length())), key);
      }
    }
    throw new IOException("the server did not start: " + Files.readString(errors));
  }

  public URI address() {
    return address;
  }

  public long pid() {
    return process.pid();
  }

  /** Processor time it has taken so far. */
  public Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** A connection of the administrator's. */
  public Wire connect() throws IOException {
    return Wire.open(address, "Authorization: Bearer " + key + "\r\n");
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a server was stopping");
    }
  }
}
