package io.signalbox.agents.hands.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Setback;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The value of an Authorization header. */
public final class Credentials {
  private Credentials() {}

  public static String basic(String user, String password) {
    var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  public static String bearer(String token) {
    return "Bearer " + token;
  }

  /** As the DSL writes it on an endpoint: {@code basic} or {@code bearer}. */
  static Optional<String> of(JsonNode authentication) throws Setback {
    if (authentication.isMissingNode() || authentication.isNull()) {
      return Optional.empty();
    }
    var basic = authentication.path("basic");
    if (basic.path("username").isTextual() && basic.path("password").isTextual()) {
      return Optional.of(basic(basic.path("username").asText(), basic.path("password").asText()));
    }
    var token = authentication.path("bearer").path("token");
    if (token.isTextual()) {
      return Optional.of(bearer(token.asText()));
    }
    throw Setback.invalid(
        "/endpoint/authentication: must be basic {username, password} or bearer {token}");
  }
}
