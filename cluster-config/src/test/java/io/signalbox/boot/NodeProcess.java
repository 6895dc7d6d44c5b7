package io.signalbox.boot;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.boot.postgres.Pause;
import io.signalbox.protocol.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One node as a real process, so that it can be killed like one. */
final class NodeProcess implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path data;
  private final BufferedReader output;
  private URI address = URI.create("http://127.0.0.1:1");

  private NodeProcess(Process process, Path data) {
    this.process = process;
    this.data = data;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static NodeProcess start(Path data, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(
        List.of(
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
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(data.resolve("errors").toFile()));
    return new NodeProcess(builder.start(), data);
  }

  /** Waits for the one line of standard output. */
  NodeProcess ready() throws IOException {
    String line = output.readLine();
    if (line == null || !line.startsWith("ready http://")) {
      throw new IOException("not ready but: " + line + Files.readString(data.resolve("errors")));
    }
    address = URI.create(line.substring("ready ".length()));
    return this;
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends a request with the admin key. */
  HttpResponse<String> send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header(
                "Authorization", "Bearer " + Files.readString(data.resolve("admin.key")).strip())
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Asks again and again until the answer is as wanted. */
  JsonNode until(String path, Predicate<JsonNode> wanted) throws Exception {
    JsonNode latest = Json.object();
    for (int i = 0; i < 600; i++) {
      HttpResponse<String> answer = send("GET", path, "application/json", "");
      latest = Json.MAPPER.readTree(answer.body());
      if (answer.statusCode() == 200 && wanted.test(latest)) {
        return latest;
      }
      Pause.of(Duration.ofMillis(100));
    }
    throw new AssertionError("still " + latest);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 60, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
