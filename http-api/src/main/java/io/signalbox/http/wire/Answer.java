package io.signalbox.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What a route answers: a JSON document that can be kept and told again, or anything else. */
public sealed interface Answer {

  /**
   * A JSON answer.
   *
   * @param body absent for answers without content
   * @param kept what is kept for a repeated request in place of the body, where the body holds a
   *     secret that is shown once
   */
  record Document(
      int status, Optional<JsonNode> body, Map<String, String> headers, Optional<JsonNode> kept)
      implements Answer {
    public Document {
      headers = Map.copyOf(headers);
    }

    public Document(int status, JsonNode body) {
      this(status, Optional.of(body), Map.of(), Optional.empty());
    }

    public Document withHeader(String name, String value) {
      Map<String, String> all = new LinkedHashMap<>(headers);
      all.put(name, value);
      return withHeaders(all);
    }

    public Document withHeaders(Map<String, String> all) {
      return new Document(status, body, all, kept);
    }

    public Document keeping(JsonNode instead) {
      return new Document(status, body, headers, Optional.of(instead));
    }
  }

  /** A stream, a page or a text. */
  record Other(HttpResponse response) implements Answer {}

  static Document ok(Object value) {
    return new Document(200, Json.tree(value));
  }

  static Document created(String location, Object value) {
    return new Document(201, Json.tree(value)).withHeader("Location", location);
  }

  static Document accepted(Object value) {
    return new Document(202, Json.tree(value));
  }

  static Document nothing() {
    return new Document(204, Optional.empty(), Map.of(), Optional.empty());
  }
}
