package io.signalbox.agents.hands.web;

import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.run.Perform;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.pekko.util.ByteString;

/**
 * Sends one HTTP request and tells truly how far it got: answered, certainly not sent, or lost on
 * the way. Never retries by itself, never follows a redirect.
 */
public final class Wire implements AutoCloseable {
  /** What the JDK says when the other side does not speak TLS at all. */
  private static final Pattern NO_TLS = Pattern.compile("(?i)unrecognized SSL message");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final WebSettings settings;
  private final InstantSource clock;
  private final HttpClient client;

  public Wire(WebSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .executor(threads)
            .build();
  }

  /** All exchanges of one order share its timeout and its lease. */
  public Talk talk(Perform order) {
    var patience = order.tool().map(tool -> tool.timeout()).orElse(settings.timeout());
    return new Talk(
        this, clock, clock.instant().plus(patience), order.leaseUntil(), settings.maxRedirects());
  }

  /** An exchange that belongs to no call of a run. */
  public Talk talk(Instant deadline, Instant leaseUntil) {
    return new Talk(this, clock, deadline, leaseUntil, settings.maxRedirects());
  }

  Answer send(Ask ask, Duration patience) throws Setback {
    var coming = client.sendAsync(request(ask), _ -> new BoundedBody(settings.maxResponseBytes()));
    try {
      return whole(ask, coming.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      coming.cancel(true);
      throw lost(ask, "timeout", 408, "no answer within " + patience);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      coming.cancel(true);
      throw lost(ask, "communication", 503, "interrupted, the gateway is stopping");
    } catch (ExecutionException e) {
      throw broken(ask, Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private Answer whole(Ask ask, HttpResponse<Optional<ByteString>> response) throws Setback {
    if (response.body().isEmpty()) {
      throw Setback.garbled(
          ask.effect() && response.statusCode() < 300,
          "%s answered %d with more than %d bytes"
              .formatted(where(ask), response.statusCode(), settings.maxResponseBytes()));
    }
    return new Answer(response.statusCode(), response.headers(), response.body().get());
  }

  private static HttpRequest request(Ask ask) throws Setback {
    try {
      var request = HttpRequest.newBuilder(ask.uri());
      request.version(version(ask));
      request.header("User-Agent", "signalbox");
      ask.headers().forEach((name, all) -> request.setHeader(name, String.join(", ", all)));
      var body =
          ask.body()
              .map(bytes -> BodyPublishers.ofByteArray(bytes.toArray()))
              .orElseGet(BodyPublishers::noBody);
      return request.method(ask.method(), body).build();
    } catch (IllegalArgumentException e) {
      throw Setback.invalid("cannot be sent: " + e.getMessage());
    }
  }

  /**
   * Asking for HTTP/2 makes the client finish the TLS handshake before it sends, whatever version
   * the two then agree on. A failed handshake is then told as such, but for rare races in the
   * client, which show as a lost connection and so as unknown.
   */
  private static HttpClient.Version version(Ask ask) {
    return "https".equals(ask.uri().getScheme())
        ? HttpClient.Version.HTTP_2
        : HttpClient.Version.HTTP_1_1;
  }

  private static Setback broken(Ask ask, Throwable cause) {
    if (neverLeft(cause)) {
      return Setback.failed("communication", 503, where(ask) + " is not reachable: " + tell(cause));
    }
    return lost(ask, "communication", 502, "connection lost: " + tell(cause));
  }

  /** Failed while connecting or shaking hands, before the first byte of the request. */
  private static boolean neverLeft(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof UnknownHostException
        || cause instanceof SSLHandshakeException
        || cause instanceof SSLPeerUnverifiedException
        || (cause instanceof SSLException && NO_TLS.matcher(tell(cause)).find());
  }

  private static Setback lost(Ask ask, String kind, int status, String why) {
    var detail = "%s %s: %s".formatted(ask.method(), where(ask), why);
    return ask.effect() ? Setback.unknown(detail) : Setback.failed(kind, status, detail);
  }

  /** The address without query and user, where secrets like to hide. */
  private static String where(Ask ask) {
    var port = ask.uri().getPort() < 0 ? "" : ":" + ask.uri().getPort();
    return ask.uri().getScheme() + "://" + ask.uri().getHost() + port + ask.uri().getRawPath();
  }

  private static String tell(Throwable cause) {
    if (cause.getCause() instanceof UnresolvedAddressException) {
      return "its name does not resolve";
    }
    var message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
