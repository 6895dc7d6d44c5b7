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
import java.util.function.UnaryOperator;
import org.apache.pekko.util.ByteString;

/** Makes an HTTP call and shapes its response as the caller asked for. */
public final class HttpCaller {
  private static final Set<String> ALWAYS_SECRET =
      Set.of("Authorization", "Cookie", "Set-Cookie", "Proxy-Authorization");

  private HttpCaller() {}

  static Outcome make(Talk talk, HttpCall call) throws Setback {
    return make(talk, call, Authorization.NONE, UnaryOperator.identity());
  }

  /**
   * Makes the call.
   *
   * @param hide takes secrets out of what came back, before it is read
   */
  public static Outcome make(
      Talk talk, HttpCall call, Authorization authorization, UnaryOperator<ByteString> hide)
      throws Setback {
    var followed = Redirects.follow(talk, call, authorization);
    var whole = followed.answer();
    var answer = new Answer(whole.status(), whole.headers(), hide.apply(whole.body()));
    if (!answer.isSuccess() && !(call.redirect() && is3xx(answer))) {
      throw Setback.failed(
          kind(answer.status()),
          answer.status(),
          "%s %s answered %d: %s"
              .formatted(call.method(), call.uri().getPath(), answer.status(), answer.shortened()),
          RetryAfter.of(answer, talk.now()));
    }
    return Done.with(shape(call, followed.ask(), answer));
  }

  private static boolean is3xx(Answer answer) {
    return answer.status() >= 300 && answer.status() < 400;
  }

  /** The DSL's standard kind of error for a status. */
  static String kind(int status) {
    return switch (status) {
      case 401 -> "authentication";
      case 403 -> "authorization";
      default -> "communication";
    };
  }

  private static JsonNode shape(HttpCall call, Ask ask, Answer answer) throws Setback {
    return switch (call.output()) {
      case CONTENT -> Content.of(answer, call.effect());
      case RAW -> Content.base64(answer);
      case RESPONSE -> response(call, ask, answer);
    };
  }

  private static JsonNode response(HttpCall call, Ask ask, Answer answer) throws Setback {
    var shape = Json.object();
    var request = shape.putObject("request");
    request.put("method", ask.method());
    request.put("uri", ask.uri().toString());
    fill(request.putObject("headers"), ask.headers(), call.secretHeaders());
    shape.put("statusCode", answer.status());
    fill(shape.putObject("headers"), answer.headers().map(), Set.of());
    shape.set("content", Content.of(answer, call.effect()));
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
