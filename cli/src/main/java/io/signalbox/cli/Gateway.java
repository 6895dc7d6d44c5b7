package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The server, asked over HTTP. Every question has a time limit; a refusal is a {@link Trouble}. */
public final class Gateway implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String JSON = "application/json";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI base;
  private final Optional<String> key;

  public Gateway(URI base, Optional<String> key) {
    this.base = base;
    this.key = key;
  }

  public JsonNode get(String path) throws Trouble {
    return ask(request(path).GET().header("Accept", JSON), "GET " + path);
  }

  public JsonNode post(String path, JsonNode body) throws Trouble {
    return post(path, JSON, body.toString());
  }

  /** Sent with a fresh idempotency key. */
  public JsonNode post(String path, String type, String body) throws Trouble {
    return ask(
        request(path)
            .header("Content-Type", type)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(body)),
        "POST " + path);
  }

  public JsonNode put(String path, JsonNode body) throws Trouble {
    return ask(
        request(path).header("Content-Type", JSON).PUT(BodyPublishers.ofString(body.toString())),
        "PUT " + path);
  }

  /** The lines of a stream of Server-Sent Events after the given number, until it ends. */
  Stream<String> stream(String path, long after) throws Trouble, IOException {
    HttpRequest request =
        request(path)
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", Long.toString(after))
            .GET()
            .build();
    try {
      HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
      if (response.statusCode() == 200) {
        return response.body();
      }
      try (Stream<String> lines = response.body()) {
        String text = String.join("\n", lines.toList());
        throw Trouble.answered(response.statusCode(), Json.lenient(text), "GET " + path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Whether the server says that it is ready. */
  public boolean ready() {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/health/ready"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    key.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
    return request;
  }

  private JsonNode ask(HttpRequest.Builder request, String asked) throws Trouble {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
      JsonNode body = Json.lenient(response.body());
      if (response.statusCode() >= 400) {
        throw Trouble.answered(response.statusCode(), body, asked);
      }
      return body;
    } catch (IOException e) {
      throw unreachable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Trouble.here("interrupted while waiting for the server", "try again");
    }
  }

  Trouble unreachable() {
    return Trouble.here(
        "no server answers at " + base,
        "start one with `signalbox start`, or set SIGNALBOX_URL to where it is");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
