package io.signalbox.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a service answers, and what the request brought about.
 *
 * @param effects what is now so; empty for reads and refusals
 */
public record Answer(int status, Map<String, String> headers, String body, List<Effect> effects) {
  public Answer {
    headers = Map.copyOf(headers);
    effects = List.copyOf(effects);
  }

  public static Answer json(int status, JsonNode body) {
    return new Answer(
        status,
        Map.of("Content-Type", "application/json; charset=utf-8"),
        Json.text(body),
        List.of());
  }

  public static Answer text(int status, String contentType, String body) {
    return new Answer(status, Map.of("Content-Type", contentType), body, List.of());
  }

  public static Answer empty(int status) {
    return new Answer(status, Map.of(), "", List.of());
  }

  public Answer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body, effects);
  }

  public Answer causing(Effect effect) {
    List<Effect> more = new ArrayList<>(effects);
    more.add(effect);
    return new Answer(status, headers, body, more);
  }
}
