package io.signalbox.agents.hands.call;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.auth.Authorizations;
import io.signalbox.agents.hands.kit.Done;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.kit.Marker;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.openapi.Documents;
import io.signalbox.agents.hands.openapi.Operation;
import io.signalbox.agents.hands.openapi.Request;
import io.signalbox.agents.hands.secrets.Vault;
import io.signalbox.agents.hands.secrets.Veil;
import io.signalbox.agents.hands.web.Bodies;
import io.signalbox.agents.hands.web.HttpCall;
import io.signalbox.agents.hands.web.HttpCaller;
import io.signalbox.agents.hands.web.Talk;
import io.signalbox.agents.hands.web.Wire;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** The DSL's {@code call: openapi}: loads the document, then makes the operation's request. */
public final class OpenApiHand implements Hand {
  private final Wire wire;
  private final Vault vault;
  private final Authorizations authorizations;
  private final Documents documents;

  public OpenApiHand(Wire wire, Vault vault, Authorizations authorizations, Documents documents) {
    this.wire = wire;
    this.vault = vault;
    this.authorizations = authorizations;
    this.documents = documents;
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

  /** An operation that may be done twice may be sent again; of any other nobody can tell. */
  @Override
  public Outcome probe(Perform order) throws Setback {
    var veil = Veil.over(vault, order);
    try {
      return operation(wire.talk(order), order, veil).isIdempotent()
          ? Done.absent()
          : new Outcome.Unknown("the operation leaves no marker that could be looked for");
    } catch (Setback e) {
      throw new Setback(veil.hide(e.outcome()));
    }
  }

  private Outcome make(Perform order, Veil veil) throws Setback {
    var talk = wire.talk(order);
    var with = order.arguments();
    var operation = operation(talk, order, veil);
    var authorization = authorizations.of(with.path("authentication"), order.run().tenant(), veil);
    if (veil.wantsAuthorization(with)) {
      veil.authorization(
          authorization
              .parameter(talk)
              .orElseThrow(
                  () ->
                      Setback.invalid(
                          "$authorization.parameter is not known before the call is made")));
    }
    return HttpCaller.make(talk, call(order, operation, veil), authorization, veil::hide);
  }

  private Operation operation(Talk talk, Perform order, Veil veil) throws Setback {
    var endpoint = order.arguments().at("/document/endpoint");
    var policy = endpoint.path("authentication");
    var tenant = order.run().tenant();
    var document =
        documents.get(
            talk,
            address(
                veil.liftAddress(
                    (endpoint.isTextual() ? endpoint : endpoint.path("uri")).asText())),
            tenant + " " + policy,
            authorizations.of(policy, tenant, veil));
    return document.operation(order.arguments().path("operationId").asText());
  }

  private static URI address(String text) throws Setback {
    if (text.startsWith("file:")) {
      try {
        return URI.create(text);
      } catch (IllegalArgumentException e) {
        throw Setback.invalid("/document/endpoint: not an address: " + e.getMessage());
      }
    }
    return Bodies.uri(text, Json.object());
  }

  private static HttpCall call(Perform order, Operation operation, Veil veil) throws Setback {
    var with = order.arguments();
    var given = with.path("parameters");
    JsonNode arguments = given.isObject() ? veil.lift(given) : Json.object();
    var request = Request.of(operation, arguments, veil::hide);
    var headers = request.headers();
    if (!operation.isSafe()) {
      headers.putIfAbsent("Idempotency-Key", List.of(Marker.of(order).text()));
    }
    boolean secret = veil.covers(given);
    return new HttpCall(
        operation.method(),
        Bodies.uri(request.address(), Json.object()),
        headers,
        secret ? Set.copyOf(headers.keySet()) : Set.of(),
        request.body(),
        HttpCall.Output.read(with.path("output")),
        secret,
        with.path("redirect").asBoolean(false),
        !operation.isSafe());
  }
}
