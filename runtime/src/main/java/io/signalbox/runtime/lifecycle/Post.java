package io.signalbox.runtime.lifecycle;

import io.signalbox.protocol.event.CloudEvent;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Sends events to a sink over HTTP (CloudEvents HTTP binding). Blocks; for virtual threads. */
final class Post implements AutoCloseable {
  private final HttpClient client = HttpClient.newBuilder().build();

  /** Why an event was not taken; {@code forGood} when trying again would not help. */
  record Refusal(String why, boolean forGood) {}

  /** Empty when the sink has taken it. */
  Optional<Refusal> send(LifecycleSettings.Sink sink, CloudEvent event)
      throws InterruptedException {
    try {
      HttpResponse<Void> answer =
          client.send(request(sink, event), HttpResponse.BodyHandlers.discarding());
      int status = answer.statusCode();
      boolean later = status >= 500 || status == 408 || status == 425 || status == 429;
      return status >= 200 && status < 300
          ? Optional.empty()
          : Optional.of(new Refusal("the sink answered " + status, !later));
    } catch (IOException e) {
      return Optional.of(new Refusal("the sink does not answer: " + e, false));
    }
  }

  private static HttpRequest request(LifecycleSettings.Sink sink, CloudEvent event) {
    HttpRequest.Builder request = HttpRequest.newBuilder(sink.endpoint()).timeout(sink.timeout());
    sink.headers().forEach(request::setHeader);
    if (!sink.binary()) {
      return request
          .setHeader("Content-Type", "application/cloudevents+json")
          .POST(HttpRequest.BodyPublishers.ofString(event.json().toString()))
          .build();
    }
    request
        .setHeader("Content-Type", "application/json")
        .setHeader("ce-specversion", "1.0")
        .setHeader("ce-id", event.id())
        .setHeader("ce-source", event.source())
        .setHeader("ce-type", event.type())
        .setHeader("ce-time", event.time().toString());
    event.subject().ifPresent(subject -> request.setHeader("ce-subject", subject));
    return request.POST(HttpRequest.BodyPublishers.ofString(event.data().toString())).build();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
