package io.signalbox.journey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server as a process of its own, as the launcher starts one, so that it can be killed. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final Path data;
  private final BufferedReader output;

  private ServerProcess(Process process, Path data) {
    this.process = process;
    this.data = data;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static ServerProcess start(Path data, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path", ""),
                "io.signalbox.boot.Main",
                "--data",
                data.toString()));
    command.addAll(List.of(arguments));
    command.addAll(1, coverage());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(data.resolve("errors").toFile()));
    return new ServerProcess(builder.start(), data);
  }

  /** What measures the coverage of this JVM measures that of the server too. */
  private static List<String> coverage() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:") && argument.contains("jacoco"))
        .toList();
  }

  /** Waits until it is ready; answers with its administrator. */
  Client ready() throws Exception {
    String line = output.readLine();
    if (line == null || !line.startsWith("ready ")) {
      throw new IOException("said: " + line + "\n" + Files.readString(data.resolve("errors")));
    }
    return new Client(URI.create(line.substring("ready ".length())), LiveGateway.key(data));
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a server was stopping");
    }
  }
}
