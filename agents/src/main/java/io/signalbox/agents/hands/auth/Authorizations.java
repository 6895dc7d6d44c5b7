package io.signalbox.agents.hands.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.secrets.Veil;
import io.signalbox.agents.hands.web.Authorization;
import io.signalbox.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** From the DSL's authentication policies, evaluated but for secrets, to what they do. */
public final class Authorizations {
  private final Tokens tokens;

  public Authorizations(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The policy {@code {SCHEME: OPTIONS}}; none where nothing is said. */
  public Authorization of(JsonNode policy, String tenant, Veil veil) throws Setback {
    if (policy.isMissingNode() || policy.isNull()) {
      return Authorization.NONE;
    }
    if (policy.size() != 1) {
      throw Setback.invalid("/authentication: must have one scheme");
    }
    var scheme = policy.fieldNames().next();
    var options = options(scheme, policy.path(scheme), veil);
    return switch (scheme) {
      case "basic" -> basic(options, veil);
      case "bearer" -> new Fixed("Bearer", text(options, "token"));
      case "digest" -> new Digest(text(options, "username"), text(options, "password"));
      case "oauth2", "oidc" ->
          new Token(tokens, TokenRequest.read(options, scheme.equals("oidc")), tenant, veil);
      default -> throw Setback.invalid("/authentication: there is no scheme '" + scheme + "'");
    };
  }

  private static Authorization basic(JsonNode options, Veil veil) throws Setback {
    var pair = text(options, "username") + ":" + text(options, "password");
    var parameter = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    veil.conceal(parameter, "basic");
    return new Fixed("Basic", parameter);
  }

  /** Lifted; or the fields of the secret that is named with {@code use}. */
  private static JsonNode options(String scheme, JsonNode options, Veil veil) throws Setback {
    if (!options.path("use").isTextual()) {
      return veil.lift(options);
    }
    var secret = options.path("use").asText();
    ObjectNode found = Json.object();
    for (var field : veil.fields(secret).entrySet()) {
      var name = field.getKey().isEmpty() && scheme.equals("bearer") ? "token" : field.getKey();
      if (field.getValue().stripLeading().startsWith("{") || field.getValue().startsWith("[")) {
        found.set(name, tree(field.getValue()));
      } else {
        found.put(name, field.getValue());
      }
      veil.conceal(field.getValue(), secret + (field.getKey().isEmpty() ? "" : "." + name));
    }
    return found;
  }

  /** Options such as {@code client} are objects themselves. */
  private static JsonNode tree(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException _) {
      return com.fasterxml.jackson.databind.node.TextNode.valueOf(text);
    }
  }

  private static String text(JsonNode options, String name) throws Setback {
    var value = options.path(name);
    if (!value.isValueNode() || value.isNull() || value.asText().isEmpty()) {
      throw Setback.failed(
          "configuration", 400, "the authentication needs '" + name + "', and it is not there");
    }
    return value.asText();
  }
}
