package io.signalbox.http;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Responses;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** What describes the gateway itself: the OpenAPI document, the metrics, the front page. */
final class SiteRoutes {
  private static final ContentType PROMETHEUS =
      ContentTypes.create(MediaTypes.text("plain"), HttpCharsets.UTF_8);
  private static final RawHeader STRICT =
      RawHeader.create("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");

  private final Supplier<String> prometheus;
  private final boolean openMetrics;
  private final byte[] document;
  private final byte[] front;

  SiteRoutes(Supplier<String> prometheus, boolean openMetrics) {
    this.prometheus = prometheus;
    this.openMetrics = openMetrics;
    this.document = document();
    this.front = resource("/io/signalbox/http/front.html");
  }

  List<Endpoint> endpoints() {
    Endpoint metrics = Endpoint.get("/metrics", _ -> text(PROMETHEUS, prometheus.get()));
    return List.of(
        openMetrics ? metrics.open() : metrics,
        Endpoint.get("/openapi.json", _ -> bytes(ContentTypes.APPLICATION_JSON, document)).open(),
        Endpoint.get("/", _ -> bytes(ContentTypes.TEXT_HTML_UTF8, front)).open());
  }

  /** The OpenAPI document, written in YAML and served as JSON. */
  static byte[] document() {
    try {
      return Responses.bytes(
          new YAMLMapper().readTree(resource("/io/signalbox/http/openapi.yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = SiteRoutes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build has no " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompletionStage<Answer> text(ContentType type, String text) {
    return bytes(type, text.getBytes(StandardCharsets.UTF_8));
  }

  private static CompletionStage<Answer> bytes(ContentType type, byte[] bytes) {
    HttpResponse response = HttpResponse.create().withEntity(type, bytes).addHeader(STRICT);
    return completedStage(new Answer.Other(response));
  }
}
