package io.signalbox.runtime.tokens;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.access.AccessCommand.Reply;
import java.net.http.HttpClient;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells who comes with a token of an OpenID Connect issuer. Works on threads of its own. */
public final class Tokens {
  private static final Logger log = LoggerFactory.getLogger(Tokens.class);
  private static final Duration SOON = Duration.ofSeconds(2);

  private final Map<String, Trusted> issuers;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public Tokens(TokenSettings settings, InstantSource clock) {
    HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(settings.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();
    this.issuers =
        settings.issuers().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Issuer::name, it -> new Trusted(it, settings, http, clock)));
  }

  /** Whether it may be a token at all; keys of the gateway have no dots. */
  public boolean looksLikeOne(String bearer) {
    return !issuers.isEmpty() && bearer.indexOf('.') > 0;
  }

  /** {@code Known}, {@code Rejected} with the reason, or {@code Refused} for the moment. */
  public CompletionStage<Reply> holder(String bearer) {
    return CompletableFuture.supplyAsync(() -> read(bearer), threads);
  }

  private Reply read(String bearer) {
    try {
      SignedJWT token = signed(bearer);
      Trusted trusted = issuers.get(issuer(token));
      if (trusted == null) {
        throw new Untrusted("issuer", "its issuer is not known here");
      }
      return new Reply.Known(trusted.principal(token));
    } catch (Untrusted e) {
      return new Reply.Rejected(e.rule(), e.why());
    } catch (KeySourceException e) {
      log.warn("tokens cannot be checked now: {}", e.getMessage());
      return new Reply.Refused(
          new Refusal.TooBusy("the keys of the token's issuer are out of reach now", SOON));
    }
  }

  private static String issuer(SignedJWT token) throws Untrusted {
    try {
      return Optional.ofNullable(token.getJWTClaimsSet().getIssuer()).orElse("");
    } catch (ParseException e) {
      log.debug("no claims", e);
      throw new Untrusted("unreadable", "its claims cannot be read");
    }
  }

  private static SignedJWT signed(String bearer) throws Untrusted {
    try {
      if (JWTParser.parse(bearer) instanceof SignedJWT signed && signed.getJWTClaimsSet() != null) {
        return signed;
      }
    } catch (ParseException e) {
      log.debug("no token", e);
      throw new Untrusted("unreadable", "it cannot be read");
    }
    throw new Untrusted("unsigned", "it must be signed, and not encrypted");
  }
}
