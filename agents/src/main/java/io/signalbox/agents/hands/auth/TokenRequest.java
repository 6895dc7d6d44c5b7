package io.signalbox.agents.hands.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A token to be asked for, as an {@code oauth2} or {@code oidc} policy says; secrets are lifted.
 *
 * @param options the policy's options
 * @param discovered whether the authority is asked where its token endpoint is
 */
record TokenRequest(JsonNode options, boolean discovered) {
  static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String WELL_KNOWN = "/.well-known/openid-configuration";

  static TokenRequest read(JsonNode options, boolean discovered) throws Setback {
    var request = new TokenRequest(options, discovered);
    if (request.text("authority").isEmpty() || request.text("grant").isEmpty()) {
      throw invalid("the authentication needs 'authority' and 'grant'");
    }
    if (request.text("grant").equals("authorization_code")) {
      throw invalid("authorization_code needs a person at a browser, and a workflow has none");
    }
    return request;
  }

  /** Names the token in the cache, without giving away what leads to it. */
  String key(String tenant) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(tenant.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update((byte) (discovered ? 1 : 0));
      digest.update(options.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where an issuer's metadata lies (OpenID Connect Discovery 1.0, section 4). */
  String metadata() {
    var authority = text("authority");
    return authority.endsWith(WELL_KNOWN) ? authority : trimmed(authority) + WELL_KNOWN;
  }

  /** The issuer that its metadata must name. */
  String issuer() {
    return text("authority").replace(WELL_KNOWN, "");
  }

  /** Where an {@code oauth2} authority gives out tokens. */
  String tokenEndpoint() {
    var endpoint = options.at("/endpoints/token").asText("/oauth2/token");
    if (endpoint.matches("(?i)https?://.*")) {
      return endpoint;
    }
    return trimmed(text("authority")) + "/" + endpoint.replaceFirst("^/+", "");
  }

  List<String> issuers() {
    return list("issuers");
  }

  boolean asJson() {
    return options.at("/request/encoding").asText("").equals("application/json");
  }

  /** What the grant itself says, without who the client is; a name may be there more than once. */
  List<Field> fields(Optional<String> refreshToken) throws Setback {
    var fields = new ArrayList<Field>();
    var grant = refreshToken.isPresent() ? "refresh_token" : text("grant");
    fields.add(new Field("grant_type", grant));
    switch (grant) {
      case "client_credentials" -> {}
      case "password" -> {
        fields.add(new Field("username", required("username")));
        fields.add(new Field("password", required("password")));
      }
      case "refresh_token" -> {
        var token = refreshToken.isPresent() ? refreshToken.get() : subject("token");
        fields.add(new Field("refresh_token", token));
      }
      case EXCHANGE -> {
        fields.add(new Field("subject_token", subject("token")));
        fields.add(new Field("subject_token_type", subject("type")));
        if (options.has("actor")) {
          fields.add(new Field("actor_token", options.at("/actor/token").asText()));
          fields.add(new Field("actor_token_type", options.at("/actor/type").asText()));
        }
      }
      default -> throw invalid("there is no grant '" + grant + "'");
    }
    if (!list("scopes").isEmpty()) {
      fields.add(new Field("scope", String.join(" ", list("scopes"))));
    }
    list("audiences").forEach(audience -> fields.add(new Field("audience", audience)));
    return fields;
  }

  /** One field of the form that is sent. */
  record Field(String name, String value) {}

  String client(String name) {
    return options.at("/client/" + name).asText("");
  }

  private String subject(String name) throws Setback {
    var value = options.at("/subject/" + name).asText("");
    if (value.isEmpty()) {
      throw invalid("the grant '" + text("grant") + "' needs subject." + name);
    }
    return value;
  }

  private String required(String name) throws Setback {
    if (text(name).isEmpty()) {
      throw invalid("the grant '" + text("grant") + "' needs '" + name + "'");
    }
    return text(name);
  }

  private String text(String name) {
    return options.path(name).asText("");
  }

  private List<String> list(String name) {
    return options.path(name).valueStream().map(JsonNode::asText).toList();
  }

  private static String trimmed(String address) {
    return address.replaceAll("/+$", "");
  }

  static Setback invalid(String why) {
    return Setback.failed("configuration", 400, why);
  }

  /** Where it leads, and nothing of what it shows. */
  @Override
  public String toString() {
    return "TokenRequest[" + Json.object().put("authority", text("authority")) + "]";
  }
}
