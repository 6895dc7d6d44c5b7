package io.signalbox.agents.hands.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.kit.Shortened;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pekko.util.ByteString;

/** A JSON service as its connector speaks to it: one address, one credential, one kind of no. */
public final class Rest {
  private final String service;
  private final String base;
  private final Map<String, String> headers;
  private final Talk talk;

  public Rest(String service, URI base, Map<String, String> headers, Talk talk) {
    this.service = service;
    this.base = base.toString().replaceAll("/+$", "");
    this.headers = Map.copyOf(headers);
    this.talk = talk;
  }

  /** Reads; a lost answer is a plain failure. */
  public JsonNode get(String pathAndQuery) throws Setback {
    return Content.json(page(pathAndQuery), false);
  }

  /** Reads one page of a list, with the headers that lead to the next. */
  public Answer page(String pathAndQuery) throws Setback {
    return ask("GET", pathAndQuery, Optional.empty(), Map.of(), false);
  }

  /** Reads in another representation. */
  public Answer get(String pathAndQuery, String accept) throws Setback {
    return ask("GET", pathAndQuery, Optional.empty(), Map.of("Accept", accept), false);
  }

  /** A search that only happens to be a POST. */
  public JsonNode look(String pathAndQuery, JsonNode body) throws Setback {
    return Content.json(
        ask("POST", pathAndQuery, Optional.of(Bodies.json(body)), Map.of(), false), false);
  }

  /** Acts; a lost answer leaves the outcome unknown. */
  public Answer post(String pathAndQuery, JsonNode body) throws Setback {
    return ask("POST", pathAndQuery, Optional.of(Bodies.json(body)), Map.of(), true);
  }

  public Talk talk() {
    return talk;
  }

  private Answer ask(
      String method,
      String pathAndQuery,
      Optional<ByteString> body,
      Map<String, String> more,
      boolean effect)
      throws Setback {
    var all = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    more.forEach((name, value) -> all.put(name, List.of(value)));
    if (body.isPresent()) {
      all.put("Content-Type", List.of("application/json; charset=utf-8"));
    }
    var answer = talk.ask(new Ask(method, URI.create(base + pathAndQuery), all, body, effect));
    if (!answer.isSuccess()) {
      throw refusal(answer, effect);
    }
    return answer;
  }

  private Setback refusal(Answer answer, boolean effect) {
    var detail = "%s answered %d: %s".formatted(service, answer.status(), complaint(answer));
    if (effect && (answer.status() == 502 || answer.status() == 504)) {
      // a proxy's word: what stands behind it may have acted all the same
      return Setback.unknown(detail);
    }
    var retryAfter = RetryAfter.of(answer, talk.now()).or(() -> quotaReset(answer));
    boolean limited = retryAfter.isPresent() && answer.status() == 403;
    return Setback.failed(
        kind(limited ? 429 : answer.status()), limited ? 429 : answer.status(), detail, retryAfter);
  }

  /** GitHub tells an exhausted quota by 403 or 429 and the second at which it is filled again. */
  private Optional<Duration> quotaReset(Answer answer) {
    boolean exhausted =
        answer.headers().firstValue("x-ratelimit-remaining").filter("0"::equals).isPresent();
    var reset = answer.headers().firstValueAsLong("x-ratelimit-reset");
    return exhausted && reset.isPresent() && (answer.status() == 403 || answer.status() == 429)
        ? Optional.of(
            RetryAfter.bounded(
                Duration.between(talk.now(), Instant.ofEpochSecond(reset.getAsLong()))))
        : Optional.empty();
  }

  private static String kind(int status) {
    return switch (status) {
      case 400, 422 -> "validation";
      case 401 -> "authentication";
      case 403 -> "authorization";
      case 408, 504 -> "timeout";
      default -> "communication";
    };
  }

  /** What the service says is wrong, in the shapes that services use. */
  private static String complaint(Answer answer) {
    try {
      var body = Content.json(answer, false);
      var said = new StringBuilder(body.path("message").asText(""));
      body.path("errorMessages").forEach(message -> said.append(' ').append(message.asText()));
      if (!body.path("errors").isEmpty()) {
        said.append(' ').append(body.path("errors"));
      }
      return said.isEmpty() ? answer.shortened() : Shortened.of(said.toString());
    } catch (Setback _) {
      return answer.shortened();
    }
  }
}
