package io.signalbox.agents.hands.auth;

import io.signalbox.agents.hands.auth.TokenRequest.Field;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Bodies;
import io.signalbox.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a client shows at the token endpoint who it is (OpenID Connect Core 1.0, section 9). */
final class Client {
  private static final String JWT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final long LIFETIME = 60;

  private Client() {}

  /** Adds what the client's way of authentication puts in the form; answers with the header. */
  static Optional<String> show(
      TokenRequest request, String endpoint, Instant now, List<Field> fields) throws Setback {
    var id = request.client("id");
    var secret = request.client("secret");
    var way = request.client("authentication");
    switch (way.isEmpty() ? "client_secret_post" : way) {
      case "client_secret_basic" -> {
        // RFC 6749, section 2.3.1: both are form-encoded before they are joined
        var pair = Bodies.encode(id) + ":" + Bodies.encode(secret);
        return Optional.of(
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
      }
      case "client_secret_post" -> {
        fields.add(new Field("client_id", id));
        fields.add(new Field("client_secret", secret));
      }
      case "client_secret_jwt" -> assertion(id, signed(id, secret, endpoint, now), fields);
      case "private_key_jwt" -> assertion(id, request.client("assertion"), fields);
      case "none" -> {
        if (!id.isEmpty()) {
          fields.add(new Field("client_id", id));
        }
      }
      default -> throw TokenRequest.invalid("there is no client authentication '" + way + "'");
    }
    return Optional.empty();
  }

  private static void assertion(String id, String jwt, List<Field> fields) {
    if (!id.isEmpty()) {
      fields.add(new Field("client_id", id));
    }
    fields.add(new Field("client_assertion_type", JWT));
    fields.add(new Field("client_assertion", jwt));
  }

  private static String signed(String id, String secret, String endpoint, Instant now)
      throws Setback {
    var header = Json.object().put("alg", "HS256").put("typ", "JWT");
    var claims =
        Json.object()
            .put("iss", id)
            .put("sub", id)
            .put("aud", endpoint)
            .put("jti", UUID.randomUUID().toString())
            .put("iat", now.getEpochSecond())
            .put("exp", now.getEpochSecond() + LIFETIME);
    var body = encode(header.toString()) + "." + encode(claims.toString());
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return body
          + "."
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(mac.doFinal(body.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException | InvalidKeyException | IllegalArgumentException e) {
      throw TokenRequest.invalid("the client's secret cannot sign: " + e.getMessage());
    }
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
