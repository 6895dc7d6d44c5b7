package io.signalbox.agents.hands.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.util.ByteString;

/** From evaluated JSON arguments to the parts of a request. */
public final class Bodies {
  private Bodies() {}

  public static String method(JsonNode named) {
    return named.asText("get").toUpperCase(Locale.ROOT);
  }

  /** The methods that HTTP itself calls safe change nothing. */
  public static boolean isSafe(String method) {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS" -> true;
      default -> false;
    };
  }

  public static Map<String, List<String>> headers(JsonNode given) throws Setback {
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    for (var header : given.properties()) {
      headers.put(header.getKey(), texts("/headers/" + header.getKey(), header.getValue()));
    }
    return headers;
  }

  public static URI uri(String text, JsonNode query) throws Setback {
    try {
      var pairs = form(query);
      var joint = pairs.isEmpty() ? "" : text.contains("?") ? "&" : "?";
      var uri = new URI(text + joint + pairs);
      if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
        throw Setback.invalid("/endpoint: not an absolute http or https address: " + text);
      }
      return uri;
    } catch (URISyntaxException e) {
      throw Setback.invalid("/endpoint: not an address: " + e.getMessage());
    }
  }

  public static String form(JsonNode fields) throws Setback {
    var pairs = new ArrayList<String>();
    for (var field : fields.properties()) {
      for (var value : texts("/query/" + field.getKey(), field.getValue())) {
        pairs.add(encode(field.getKey()) + "=" + encode(value));
      }
    }
    return String.join("&", pairs);
  }

  /** The body as bytes; sets the content type if none was given. */
  public static ByteString body(JsonNode body, Map<String, List<String>> headers) throws Setback {
    var type = String.join(",", headers.getOrDefault("content-type", List.of()));
    if (type.startsWith("application/x-www-form-urlencoded") && body.isObject()) {
      return ByteString.fromString(form(body), StandardCharsets.UTF_8);
    }
    if (!type.isEmpty() && !type.contains("json") && body.isTextual()) {
      return ByteString.fromString(body.asText(), StandardCharsets.UTF_8);
    }
    headers.putIfAbsent("Content-Type", List.of("application/json"));
    return json(body);
  }

  public static ByteString json(JsonNode body) {
    try {
      return ByteString.fromArrayUnsafe(Json.MAPPER.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> texts(String pointer, JsonNode value) throws Setback {
    if (value.isNull() || value.isMissingNode()) {
      return List.of();
    }
    if (value.isValueNode()) {
      return List.of(value.asText());
    }
    var all = new ArrayList<String>();
    for (var one : value) {
      if (!value.isArray() || !one.isValueNode()) {
        throw Setback.invalid(pointer + ": must be a plain value or a list of plain values");
      }
      all.add(one.asText());
    }
    return all;
  }

  /** Percent-encoded, a space as well. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
