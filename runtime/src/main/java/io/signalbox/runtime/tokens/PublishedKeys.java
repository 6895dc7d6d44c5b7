package io.signalbox.runtime.tokens;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The keys that an issuer publishes, fetched anew each time: from where its discovery document says
 * or where the operator says. What keeps and limits that stands before it. Never follows a
 * redirect.
 */
final class PublishedKeys implements JWKSetSource<SecurityContext> {
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private final Issuer issuer;
  private final TokenSettings settings;
  private final HttpClient http;
  private volatile boolean fetched;

  PublishedKeys(Issuer issuer, TokenSettings settings, HttpClient http) {
    this.issuer = issuer;
    this.settings = settings;
    this.http = http;
  }

  /** Whether they were ever to be had. */
  boolean fetched() {
    return fetched;
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator refresh, long currentTime, SecurityContext context)
      throws JWKSetRetrievalException {
    try {
      URI at = issuer.keys().isPresent() ? issuer.keys().get() : discovered();
      JWKSet keys = JWKSet.parse(body(at)).toPublicJWKSet();
      fetched = true;
      return keys;
    } catch (IOException | ParseException | IllegalArgumentException e) {
      throw new JWKSetRetrievalException(
          "the keys of " + issuer.name() + " cannot be fetched: " + e.getMessage(), e);
    }
  }

  private URI discovered() throws IOException {
    URI at = URI.create(issuer.name().replaceAll("/+$", "") + DISCOVERY);
    JsonNode document = json(body(at));
    if (!document.path("issuer").asText().equals(issuer.name())) {
      throw new IOException(at + " is the document of another issuer");
    }
    URI keys = URI.create(document.path("jwks_uri").asText());
    if (!Issuer.safe(keys)) {
      throw new IOException("jwks_uri in " + at + " must be https, or http on loopback");
    }
    return keys;
  }

  private static JsonNode json(String text) throws IOException {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IOException("the discovery document is not JSON", e);
    }
  }

  private String body(URI at) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(at)
            .timeout(settings.timeout())
            .header("Accept", "application/json")
            .build();
    CompletableFuture<String> answer =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
            .thenApplyAsync(it -> read(at, it), http.executor().orElseThrow());
    try {
      // over everything: the request's own limit ends where the headers are there
      return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new IOException(at + " does not answer within " + settings.timeout(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private String read(URI at, HttpResponse<InputStream> response) {
    try (InputStream in = response.body()) {
      if (response.statusCode() != 200) {
        throw new java.io.UncheckedIOException(
            new IOException(at + " answers " + response.statusCode()));
      }
      byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, settings.bytes() + 1));
      if (bytes.length > settings.bytes()) {
        throw new java.io.UncheckedIOException(
            new IOException(at + " answers with more than " + settings.bytes() + " bytes"));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {}
}
