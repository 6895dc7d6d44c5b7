package io.signalbox.agents.hands.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.agents.hands.auth.TokenRequest.Field;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Answer;
import io.signalbox.agents.hands.web.Ask;
import io.signalbox.agents.hands.web.Bodies;
import io.signalbox.agents.hands.web.Content;
import io.signalbox.agents.hands.web.RetryAfter;
import io.signalbox.agents.hands.web.Talk;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.pekko.util.ByteString;

/** Talks to a token endpoint (RFC 6749, RFC 8693), and to an issuer's metadata. */
final class Issuer {
  private Issuer() {}

  /** Where the issuer gives out tokens, after its metadata. */
  static String discover(Talk talk, TokenRequest request) throws Setback {
    var ask =
        Ask.get(
            Bodies.uri(request.metadata(), Json.object()),
            Map.of("Accept", List.of("application/json")));
    var answer = talk.ask(ask);
    if (!answer.isSuccess()) {
      throw refused(talk, "the issuer's metadata at " + request.metadata(), answer);
    }
    var metadata = Content.json(answer, false);
    var endpoint = metadata.path("token_endpoint").asText("");
    var issuer = metadata.path("issuer").asText("");
    var right = request.issuers().isEmpty() ? List.of(request.issuer()) : request.issuers();
    if (right.stream().noneMatch(it -> same(it, issuer))) {
      throw wrong("the metadata at " + request.metadata() + " is of the issuer '" + issuer + "'");
    }
    if (endpoint.isEmpty()) {
      throw wrong("the metadata at " + request.metadata() + " names no token_endpoint");
    }
    return endpoint;
  }

  /** Asks for a token. */
  static Grant ask(Talk talk, TokenRequest request, String endpoint, Optional<String> refreshToken)
      throws Setback {
    var fields = new ArrayList<>(request.fields(refreshToken));
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    Client.show(request, endpoint, talk.now(), fields)
        .ifPresent(header -> headers.put("Authorization", List.of(header)));
    headers.put("Accept", List.of("application/json"));
    headers.put(
        "Content-Type",
        List.of(request.asJson() ? "application/json" : "application/x-www-form-urlencoded"));
    var body = request.asJson() ? Bodies.json(object(fields)) : form(fields);
    var uri = Bodies.uri(endpoint, Json.object());
    var answer = talk.ask(new Ask("POST", uri, headers, Optional.of(body), false));
    if (!answer.isSuccess()) {
      throw refused(talk, "the token endpoint " + uri.getHost() + uri.getPath(), answer);
    }
    return granted(talk, request, Content.json(answer, false));
  }

  private static Grant granted(Talk talk, TokenRequest request, JsonNode said) throws Setback {
    var token = said.path("access_token").asText("");
    if (token.isEmpty()) {
      throw wrong("the token endpoint answered without an access_token");
    }
    var type = said.path("token_type").asText("Bearer");
    if (!type.equalsIgnoreCase("Bearer") && !type.equalsIgnoreCase("N_A")) {
      throw wrong("the token endpoint gave a token of type '" + type + "', which is not supported");
    }
    if (!request.issuers().isEmpty()) {
      var issuer = issuer(token);
      if (request.issuers().stream().noneMatch(it -> same(it, issuer))) {
        throw wrong(
            issuer.isEmpty()
                ? "the token does not tell its issuer, so it cannot be one of 'issuers'"
                : "the token is of the issuer '" + issuer + "', which is not one of 'issuers'");
      }
    }
    var refresh = said.path("refresh_token").asText("");
    return new Grant(
        token,
        said.path("expires_in").isNumber() || said.path("expires_in").isTextual()
            ? Optional.of(talk.now().plusSeconds(Math.max(0, said.path("expires_in").asLong(0))))
            : Optional.empty(),
        refresh.isEmpty() ? Optional.empty() : Optional.of(refresh));
  }

  /** The issuer that a JWT names; nothing of it is trusted but that. */
  private static String issuer(String token) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return "";
    }
    try {
      return Json.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1])).path("iss").asText("");
    } catch (IllegalArgumentException | JsonProcessingException _) {
      return "";
    } catch (IOException _) {
      return "";
    }
  }

  private static boolean same(String one, String other) {
    return one.replaceAll("/+$", "").equals(other.replaceAll("/+$", ""));
  }

  /** Told by the endpoint's own words (RFC 6749, section 5.2), and by nothing we sent. */
  private static Setback refused(Talk talk, String who, Answer answer) {
    var detail = "%s answered %d: %s".formatted(who, answer.status(), answer.shortened());
    return answer.status() >= 500 || answer.status() == 429
        ? Setback.failed(
            "communication", answer.status(), detail, RetryAfter.of(answer, talk.now()))
        : Setback.failed("authentication", 401, detail);
  }

  private static Setback wrong(String why) {
    return Setback.failed("authentication", 401, why);
  }

  private static ByteString form(List<Field> fields) {
    return ByteString.fromString(
        fields.stream()
            .map(it -> Bodies.encode(it.name()) + "=" + Bodies.encode(it.value()))
            .collect(Collectors.joining("&")),
        StandardCharsets.UTF_8);
  }

  private static ObjectNode object(List<Field> fields) {
    var object = Json.object();
    for (var field : fields) {
      var before = object.get(field.name());
      if (before instanceof ArrayNode list) {
        list.add(field.value());
      } else if (before != null) {
        object.putArray(field.name()).add(before).add(TextNode.valueOf(field.value()));
      } else {
        object.put(field.name(), field.value());
      }
    }
    return object;
  }
}
