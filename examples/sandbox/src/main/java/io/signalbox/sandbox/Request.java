package io.signalbox.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request, read whole.
 *
 * @param path the segments after the service's own prefix
 * @param headers names in lower case
 * @param base the sandbox's own address with the service's prefix, for links in answers
 */
public record Request(
    String method,
    List<String> path,
    Map<String, String> query,
    Map<String, String> headers,
    String body,
    String base) {
  public Request {
    path = List.copyOf(path);
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** The body as JSON; a missing node where it is empty or malformed. */
  public JsonNode json() {
    return Json.parse(body);
  }

  /** A number from the query within bounds, or the standard one where it is absent or odd. */
  public int number(String name, int standard, int most) {
    return parameter(name)
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(Integer::parseInt)
        .filter(number -> number > 0)
        .map(number -> Math.min(number, most))
        .orElse(standard);
  }
}
