package io.signalbox.http.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.signalbox.protocol.Json;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Renders answers; every one of them forbids sniffing and caching. */
public final class Responses {
  private static final ContentType.WithFixedCharset PROBLEM =
      ContentTypes.create(
          MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8));
  private static final List<HttpHeader> ALWAYS =
      List.of(
          RawHeader.create("X-Content-Type-Options", "nosniff"),
          RawHeader.create("Cache-Control", "no-store"));

  private Responses() {}

  public static HttpResponse render(Answer answer) {
    return switch (answer) {
      case Answer.Other other -> other.response().addHeaders(ALWAYS);
      case Answer.Document document -> document(document);
    };
  }

  private static HttpResponse document(Answer.Document document) {
    List<HttpHeader> headers =
        document.headers().entrySet().stream()
            .<HttpHeader>map(e -> RawHeader.create(e.getKey(), e.getValue()))
            .toList();
    HttpResponse response =
        HttpResponse.create().withStatus(document.status()).addHeaders(headers).addHeaders(ALWAYS);
    return document
        .body()
        .map(body -> response.withEntity(type(document.status()), bytes(body)))
        .orElse(response);
  }

  private static ContentType type(int status) {
    return status >= 400 ? PROBLEM : ContentTypes.APPLICATION_JSON;
  }

  /** UTF-8 JSON. */
  public static byte[] bytes(Object body) {
    try {
      return Json.MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
