package io.signalbox.agents.hands.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.kit.Marker;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/**
 * Tools of kind http. Config: method, url, headers, query, body, output, credential,
 * idempotencyHeader, probe; texts in it hold {@code {name}} places. Arguments that no place uses go
 * into the query of a GET or DELETE and into the JSON body of anything else, unless the config says
 * what those are.
 */
public final class HttpToolHand implements Hand {
  private final Wire wire;
  private final Map<String, Credential> credentials;

  public HttpToolHand(Wire wire, Map<String, Credential> credentials) {
    this.wire = wire;
    this.credentials = Map.copyOf(credentials);
  }

  @Override
  public Outcome send(Perform order) throws Setback {
    var tool = order.tool().orElseThrow();
    return HttpCaller.make(wire.talk(order), read(tool, order));
  }

  @Override
  public Outcome probe(Perform order) throws Setback {
    var tool = order.tool().orElseThrow();
    if (!HttpProbe.isDeclared(tool)) {
      return Hand.super.probe(order);
    }
    var uri = HttpProbe.address(order);
    var template = new Template(order.arguments());
    var headers = Bodies.headers(template.fill(tool.config().path("headers")));
    present(tool.config().path("credential").asText(""), uri, headers);
    return HttpProbe.look(wire.talk(order), Ask.get(uri, headers));
  }

  private HttpCall read(ToolDefinition tool, Perform order) throws Setback {
    var config = tool.config();
    var method = Bodies.method(config.path("method"));
    var template = new Template(order.arguments());
    var address = template.address(config.path("url").asText());
    var headers = Bodies.headers(template.fill(config.path("headers")));
    var named = config.path("idempotencyHeader").asText("");
    if (!named.isEmpty()) {
      headers.put(named, List.of(Marker.of(order).text()));
    }
    var query = template.fill(config.path("query"));
    var body = body(config.path("body"), template, order.arguments());
    boolean bodyless = Bodies.isSafe(method) || method.equals("DELETE");
    var rest = rest(template, order.arguments());
    if (bodyless && config.path("query").isMissingNode()) {
      query = rest;
    }
    if (!bodyless && body.isEmpty()) {
      body = Optional.of(rest);
    }
    var bytes = Optional.<ByteString>empty();
    if (body.isPresent()) {
      bytes = Optional.of(Bodies.body(body.get(), headers));
    }
    var uri = Bodies.uri(address, query.isObject() ? query : Json.object());
    var secret = present(config.path("credential").asText(""), uri, headers);
    return new HttpCall(
        method,
        uri,
        headers,
        secret,
        bytes,
        HttpCall.Output.read(config.path("output")),
        false,
        false,
        tool.risk() != Risk.READ);
  }

  /** Adds the credential, if the config names one; answers with the header it went into. */
  private Set<String> present(String name, URI uri, Map<String, List<String>> headers)
      throws Setback {
    if (name.isEmpty()) {
      return Set.of();
    }
    var credential = credentials.get(name);
    if (credential == null) {
      throw Setback.invalid("/config/credential: '%s' is not configured".formatted(name));
    }
    headers.put(credential.header(), List.of(credential.valueFor(uri)));
    return Set.of(credential.header());
  }

  private static Optional<JsonNode> body(JsonNode declared, Template template, JsonNode all) {
    if (declared.isMissingNode() || declared.isNull()) {
      return Optional.empty();
    }
    boolean whole = declared.isTextual() && declared.asText().equals("arguments");
    return Optional.of(whole ? all : template.fill(declared));
  }

  private static ObjectNode rest(Template template, JsonNode arguments) {
    var rest = JsonNodeFactory.instance.objectNode();
    arguments.properties().stream()
        .filter(argument -> !template.isUsed(argument.getKey()))
        .forEach(argument -> rest.set(argument.getKey(), argument.getValue()));
    return rest;
  }
}
