package io.signalbox.agents.hands.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.agents.hands.kit.Done;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes an HTTP call and shapes its response as the caller asked for. */
final class HttpCaller {
  private static final Set<String> ALWAYS_SECRET =
      Set.of("Authorization", "Cookie", "Set-Cookie", "Proxy-Authorization");

  private HttpCaller() {}

  static Outcome make(Talk talk, HttpCall call) throws Setback {
    var followed = call.redirect() ? Redirects.follow(talk, call.ask()) : once(talk, call.ask());
    var answer = followed.answer();
    if (!answer.isSuccess() && !(call.redirect() && answer.status() < 400)) {
      throw Setback.failed(
          "communication",
          answer.status(),
          "%s %s answered %d: %s"
              .formatted(call.method(), call.uri().getPath(), answer.status(), answer.shortened()),
          RetryAfter.of(answer, talk.now()));
    }
    return Done.with(shape(call, followed));
  }

  private static Redirects.Followed once(Talk talk, Ask ask) throws Setback {
    return new Redirects.Followed(ask, talk.ask(ask));
  }

  private static JsonNode shape(HttpCall call, Redirects.Followed followed) throws Setback {
    return switch (call.output()) {
      case CONTENT -> Content.of(followed.answer(), call.effect());
      case RAW -> Content.base64(followed.answer());
      case RESPONSE -> response(call, followed);
    };
  }

  private static JsonNode response(HttpCall call, Redirects.Followed followed) throws Setback {
    var shape = Json.object();
    var request = shape.putObject("request");
    request.put("method", followed.ask().method());
    request.put("uri", followed.ask().uri().toString());
    fill(request.putObject("headers"), followed.ask().headers(), call.secretHeaders());
    shape.put("statusCode", followed.answer().status());
    fill(shape.putObject("headers"), followed.answer().headers().map(), Set.of());
    shape.set("content", Content.of(followed.answer(), call.effect()));
    return shape;
  }

  /** Credentials stay out of results: those are journalled. */
  private static void fill(
      ObjectNode target, Map<String, List<String>> headers, Set<String> secret) {
    var hidden = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    hidden.addAll(ALWAYS_SECRET);
    hidden.addAll(secret);
    headers.forEach(
        (name, values) -> {
          if (!hidden.contains(name)) {
            target.put(name, String.join(", ", values));
          }
        });
  }
}
