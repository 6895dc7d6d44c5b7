package io.signalbox.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One exchange on the wire; the first path segment names the service. */
public record Incoming(HttpExchange exchange, String service, Request request) {
  static Incoming read(HttpExchange exchange, String url) throws IOException {
    List<String> path = new ArrayList<>();
    for (String segment : exchange.getRequestURI().getRawPath().split("/", -1)) {
      path.add(decoded(segment));
    }
    String service = path.size() > 1 ? path.get(1) : "";
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    Request request =
        new Request(
            exchange.getRequestMethod(),
            path.size() > 2 ? path.subList(2, path.size()) : List.of(),
            form(query),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
            url + "/" + service);
    return new Incoming(exchange, service, request);
  }

  /** Reads {@code a=1&b=2}. */
  public static Map<String, String> form(String text) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return fields;
  }

  void reply(Answer answer) throws IOException {
    exchange.getResponseHeaders().set("X-Sandbox", "signalbox");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
    }
  }

  String pathAndQuery() {
    return exchange.getRequestURI().toString();
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
