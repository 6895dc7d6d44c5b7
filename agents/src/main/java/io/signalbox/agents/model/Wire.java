package io.signalbox.agents.model;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.signalbox.agents.hands.egress.Egress;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.run.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The HTTP client under every provider: no redirects (the key must not travel on), bounded answers,
 * a timeout on each request, and {@code Retry-After} kept.
 */
final class Wire implements HttpClient {
  private final java.net.http.HttpClient http;
  private final Duration timeout;
  private final long maxBytes;
  private final Egress egress;

  Wire(Duration timeout, long maxBytes, Egress egress) {
    this.egress = egress;
    this.timeout = timeout;
    this.maxBytes = maxBytes;
    this.http =
        java.net.http.HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    HttpResponse<String> response = send(request);
    if (response.statusCode() < 200 || response.statusCode() > 299) {
      throw new WireRefusal(response.statusCode(), response.body(), retryAfter(response.headers()));
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(response.statusCode())
        .headers(response.headers().map())
        .body(response.body())
        .build();
  }

  private HttpResponse<String> send(HttpRequest request) {
    var outgoing =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .timeout(timeout)
            .method(request.method().name(), BodyPublishers.ofString(request.body()));
    request.headers().forEach((name, values) -> values.forEach(v -> outgoing.header(name, v)));
    try (Egress.Pass _ = egress.pass(URI.create(request.url()))) {
      return http.send(outgoing.build(), BodyHandlers.limiting(BodyHandlers.ofString(), maxBytes));
    } catch (Setback e) {
      throw new Refused(e.outcome());
    } catch (HttpTimeoutException e) {
      throw new TimeoutException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the model call was given up");
    }
  }

  /** The request did not leave: calls may not go there. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Outcome.Failed why;

    Refused(Outcome outcome) {
      super("nothing was sent");
      this.why =
          outcome instanceof Outcome.Failed failed
              ? failed
              : new Outcome.Failed("authorization", 403, "nothing was sent", Optional.empty());
    }

    Outcome.Failed why() {
      return why;
    }
  }

  /** Seconds only; the rarely used date form counts as not given. */
  private static Optional<Duration> retryAfter(HttpHeaders headers) {
    return headers
        .firstValue("retry-after")
        .filter(value -> value.matches("\\d{1,6}"))
        .map(Long::parseLong)
        .map(Duration::ofSeconds);
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedFeatureException("streaming is not used");
  }

  /** Hands this client to langchain4j, which wants to build one. */
  HttpClientBuilder builder() {
    return new HttpClientBuilder() {
      @Override
      public Duration connectTimeout() {
        return timeout;
      }

      @Override
      public HttpClientBuilder connectTimeout(Duration ignored) {
        return this;
      }

      @Override
      public Duration readTimeout() {
        return timeout;
      }

      @Override
      public HttpClientBuilder readTimeout(Duration ignored) {
        return this;
      }

      @Override
      public HttpClient build() {
        return Wire.this;
      }
    };
  }
}
