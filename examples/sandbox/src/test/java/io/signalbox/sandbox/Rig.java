package io.signalbox.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/** A sandbox on a free port and a client that has the right credentials. */
final class Rig implements AutoCloseable {
  static final Path SEED = Path.of("..", "compliance");
  static final String BEARER = "Bearer sandbox";
  static final String BASIC =
      "Basic "
          + Base64.getEncoder()
              .encodeToString("bot@acme.example:sandbox".getBytes(StandardCharsets.UTF_8));

  /** An answer as a test looks at it. */
  record Reply(int status, String text, HttpResponse<String> response) {
    JsonNode json() {
      return Json.parse(text);
    }

    String at(String pointer) {
      return json().at(pointer).asText();
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final SandboxServer server;

  Rig(Path data) throws IOException {
    server = Sandbox.start(0, data, SEED, Sandbox.TOKEN);
  }

  Reply get(String path, String... headers) throws IOException, InterruptedException {
    return reply(
        http.send(request("GET", path, "", headers), HttpResponse.BodyHandlers.ofString()));
  }

  Reply post(String path, String body, String... headers) throws IOException, InterruptedException {
    return reply(
        http.send(request("POST", path, body, headers), HttpResponse.BodyHandlers.ofString()));
  }

  Reply put(String path, String body, String... headers) throws IOException, InterruptedException {
    return reply(
        http.send(request("PUT", path, body, headers), HttpResponse.BodyHandlers.ofString()));
  }

  CompletableFuture<Reply> postLater(String path, String body, String... headers) {
    return http.sendAsync(
            request("POST", path, body, headers), HttpResponse.BodyHandlers.ofString())
        .thenApply(Rig::reply);
  }

  private HttpRequest request(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    return headers.length == 0 ? request.build() : request.headers(headers).build();
  }

  private static Reply reply(HttpResponse<String> response) {
    return new Reply(response.statusCode(), response.body(), response);
  }

  @Override
  public void close() throws IOException {
    http.close();
    server.close();
  }
}
