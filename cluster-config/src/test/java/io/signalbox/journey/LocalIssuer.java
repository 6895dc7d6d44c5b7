package io.signalbox.journey;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.signalbox.journey.Outside.Said;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** An OpenID Connect issuer on loopback: discovery, keys that change, tokens truly signed. */
final class LocalIssuer implements AutoCloseable {
  static final String AUDIENCE = "signalbox";

  private final Outside outside;
  private final List<RSAKey> published = new CopyOnWriteArrayList<>();

  private LocalIssuer(Outside outside) {
    this.outside = outside;
    outside.on(
        "/.well-known/openid-configuration",
        _ ->
            Said.json(
                200,
                Json.object().put("issuer", name()).put("jwks_uri", name() + "/keys").toString()));
    outside.on("/keys", _ -> Said.json(200, new JWKSet(List.copyOf(published)).toString()));
    var _ = rotate();
  }

  static LocalIssuer open() {
    try {
      return new LocalIssuer(Outside.open());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  String name() {
    return outside.url();
  }

  /** How often its keys were asked for. */
  int asked() {
    return outside.received("/keys").size();
  }

  /** Publishes one more key, which signs from now on. */
  RSAKey rotate() {
    RSAKey fresh = key();
    published.add(fresh);
    return fresh;
  }

  void remove(RSAKey key) {
    published.remove(key);
  }

  RSAKey current() {
    return published.getLast();
  }

  static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Claims that hold. */
  JWTClaimsSet.Builder claims(String subject, String... groups) {
    return new JWTClaimsSet.Builder()
        .issuer(name())
        .subject(subject)
        .audience(AUDIENCE)
        .claim("realm", Map.of("groups", List.of(groups)))
        .issueTime(Date.from(Instant.now()))
        .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(10))));
  }

  String token(JWTClaimsSet claims) throws JOSEException {
    return sign(claims, current());
  }

  /** A token that holds. */
  String token(String subject, String... groups) {
    try {
      return token(claims(subject, groups).build());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String sign(JWTClaimsSet claims, RSAKey key) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  @Override
  public void close() {
    outside.close();
  }
}
