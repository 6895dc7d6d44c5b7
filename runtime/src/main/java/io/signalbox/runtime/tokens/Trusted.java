package io.signalbox.runtime.tokens;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.access.Principal;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;

/** One issuer with its keys at hand; blocks while it fetches them. */
final class Trusted {
  private final Issuer issuer;
  private final PublishedKeys published;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  Trusted(Issuer issuer, TokenSettings settings, HttpClient http, InstantSource clock) {
    this.issuer = issuer;
    this.published = new PublishedKeys(issuer, settings, http);
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(published)
            // its waiting is for whoever fetches just now: two documents at most
            .cache(settings.keysFor().toMillis(), 2 * settings.timeout().toMillis())
            .refreshAheadCache(false)
            .rateLimited(settings.refetch().toMillis())
            .outageTolerant(settings.keysFor().plus(settings.outage()).toMillis())
            .build();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(issuer.algorithms(), keys));
    processor.setJWTClaimsSetVerifier(claims(issuer, settings, clock));
  }

  private static DefaultJWTClaimsVerifier<SecurityContext> claims(
      Issuer issuer, TokenSettings settings, InstantSource clock) {
    DefaultJWTClaimsVerifier<SecurityContext> verifier =
        new DefaultJWTClaimsVerifier<>(
            issuer.audiences(),
            new JWTClaimsSet.Builder().issuer(issuer.name()).build(),
            Set.of("exp"),
            Set.of()) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    verifier.setMaxClockSkew((int) settings.clockSkew().toSeconds());
    return verifier;
  }

  /**
   * Who comes with it.
   *
   * @throws KeySourceException where the issuer's keys are not to be had
   */
  Principal principal(SignedJWT token) throws Untrusted, KeySourceException {
    if (!issuer.algorithms().contains(token.getHeader().getAlgorithm())) {
      throw new Untrusted(
          "algorithm",
          "its algorithm " + token.getHeader().getAlgorithm() + " is not among those accepted");
    }
    try {
      JWTClaimsSet claims = processor.process(token, null);
      return ClaimReading.principal(issuer, Json.tree(claims.toJSONObject()));
    } catch (RateLimitReachedException e) {
      if (published.fetched()) {
        throw Untrusted.key();
      }
      throw e;
    } catch (KeySourceException e) {
      throw e;
    } catch (com.nimbusds.jose.proc.BadJOSEException | com.nimbusds.jose.JOSEException e) {
      throw Untrusted.because(e);
    }
  }
}
