package io.signalbox.agents.hands.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/** The DSL's {@code call: http}, its arguments already evaluated. */
public final class HttpCallHand implements Hand {
  private final Wire wire;

  public HttpCallHand(Wire wire) {
    this.wire = wire;
  }

  @Override
  public Outcome send(Perform order) throws Setback {
    return HttpCaller.make(wire.talk(order), read(order.arguments()));
  }

  private static HttpCall read(JsonNode with) throws Setback {
    var endpoint = with.path("endpoint");
    var method = Bodies.method(with.path("method"));
    var headers = Bodies.headers(with.path("headers"));
    var credential = Credentials.of(endpoint.path("authentication"));
    credential.ifPresent(value -> headers.put("Authorization", List.of(value)));
    var given = with.path("body");
    var body =
        given.isMissingNode() || given.isNull()
            ? Optional.<ByteString>empty()
            : Optional.of(Bodies.body(given, headers));
    return new HttpCall(
        method,
        Bodies.uri(
            endpoint.isTextual() ? endpoint.asText() : endpoint.path("uri").asText(),
            with.path("query")),
        headers,
        Set.of(),
        body,
        output(with.path("output")),
        with.path("redirect").asBoolean(false),
        !Bodies.isSafe(method));
  }

  static HttpCall.Output output(JsonNode named) throws Setback {
    return switch (named.asText("content").toLowerCase(Locale.ROOT)) {
      case "content", "" -> HttpCall.Output.CONTENT;
      case "response" -> HttpCall.Output.RESPONSE;
      case "raw" -> HttpCall.Output.RAW;
      default -> throw Setback.invalid("/output: must be content, response or raw");
    };
  }
}
