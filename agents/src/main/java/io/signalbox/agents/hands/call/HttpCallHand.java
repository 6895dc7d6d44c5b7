package io.signalbox.agents.hands.call;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.auth.Authorizations;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.kit.Marker;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.secrets.Vault;
import io.signalbox.agents.hands.secrets.Veil;
import io.signalbox.agents.hands.web.Bodies;
import io.signalbox.agents.hands.web.HttpCall;
import io.signalbox.agents.hands.web.HttpCaller;
import io.signalbox.agents.hands.web.Wire;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.util.ByteString;

/** The DSL's {@code call: http}, its arguments evaluated but for secrets. */
public final class HttpCallHand implements Hand {
  private final Wire wire;
  private final Vault vault;
  private final Authorizations authorizations;

  public HttpCallHand(Wire wire, Vault vault, Authorizations authorizations) {
    this.wire = wire;
    this.vault = vault;
    this.authorizations = authorizations;
  }

  @Override
  public Outcome send(Perform order) throws Setback {
    var veil = Veil.over(vault, order);
    try {
      return veil.hide(make(order, veil));
    } catch (Setback e) {
      throw new Setback(veil.hide(e.outcome()));
    }
  }

  private Outcome make(Perform order, Veil veil) throws Setback {
    var talk = wire.talk(order);
    var with = order.arguments();
    var authorization =
        authorizations.of(with.at("/endpoint/authentication"), order.run().tenant(), veil);
    if (veil.wantsAuthorization(with)) {
      veil.authorization(
          authorization
              .parameter(talk)
              .orElseThrow(
                  () ->
                      Setback.invalid(
                          "$authorization.parameter is not known before the call is made")));
    }
    return HttpCaller.make(talk, read(order, with, veil), authorization, veil::hide);
  }

  private static HttpCall read(Perform order, JsonNode with, Veil veil) throws Setback {
    var endpoint = with.path("endpoint");
    var method = Bodies.method(with.path("method"));
    var headers = Bodies.headers(veil.lift(with.path("headers")));
    if (!Bodies.isSafe(method)) {
      headers.putIfAbsent("Idempotency-Key", List.of(Marker.of(order).text()));
    }
    var given = with.path("body");
    var body =
        given.isMissingNode() || given.isNull()
            ? Optional.<ByteString>empty()
            : Optional.of(Bodies.body(veil.lift(given), headers));
    return new HttpCall(
        method,
        Bodies.uri(
            veil.liftAddress(
                endpoint.isTextual() ? endpoint.asText() : endpoint.path("uri").asText()),
            veil.lift(with.path("query"))),
        headers,
        secret(with.path("headers"), veil),
        body,
        HttpCall.Output.read(with.path("output")),
        veil.covers(given),
        with.path("redirect").asBoolean(false),
        !Bodies.isSafe(method));
  }

  private static Set<String> secret(JsonNode headers, Veil veil) {
    var names = new TreeSet<String>();
    for (Map.Entry<String, JsonNode> header : headers.properties()) {
      if (veil.covers(header.getValue())) {
        names.add(header.getKey());
      }
    }
    return names;
  }
}
