package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where functions of catalogs may come from (DSL: catalogs): folders ({@code file:}) and web
 * addresses that the operator has named. A function lies at {@code
 * ENDPOINT/functions/NAME/VERSION/function.yaml}, as the DSL lays catalogs out.
 *
 * @param locations an endpoint must be one of these or lie below one
 * @param standard the endpoint of the catalog named {@code default}
 * @param timeout for one function over the web, over everything
 * @param largest bytes of one function
 */
public record CatalogLocations(
    List<String> locations, Optional<String> standard, Duration timeout, int largest) {
  /** No catalog at all. */
  public static final CatalogLocations NONE =
      new CatalogLocations(List.of(), Optional.empty(), Duration.ofSeconds(10), 1 << 18);

  private static final Set<String> SCHEMES = Set.of("http", "https", "file");

  /** Why a function could not be taken; its message is for the author of the definition. */
  public static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    Unavailable(String message) {
      super(message);
    }
  }

  public CatalogLocations {
    locations = List.copyOf(locations);
    locations.forEach(CatalogLocations::check);
    standard.ifPresent(CatalogLocations::check);
    if (!timeout.isPositive() || largest < 1) {
      throw new IllegalArgumentException("catalogs: timeout and max-bytes must be more than 0");
    }
  }

  /** From {@code signalbox.runtime.catalogs}. */
  public static CatalogLocations from(Config catalogs) {
    return new CatalogLocations(
        catalogs.getStringList("locations"),
        Optional.of(catalogs.getString("default")).filter(it -> !it.isBlank()),
        catalogs.getDuration("timeout"),
        Math.toIntExact(catalogs.getBytes("max-bytes")));
  }

  private static void check(String location) {
    Optional<URI> uri = uri(location);
    if (uri.isEmpty() || !SCHEMES.contains(scheme(uri.get()))) {
      throw new IllegalArgumentException(
          "catalogs: '" + location + "' must be a URI that begins with https:, http: or file:");
    }
  }

  /** One function's definition, as JSON. May wait for a disk or the web. */
  JsonNode function(String endpoint, String name, String version) throws Unavailable {
    String base = slashed(endpoint);
    if (uri(base).isEmpty() || !allowed(base)) {
      throw new Unavailable(
          "its endpoint "
              + endpoint
              + " is not below a location that the operator allows"
              + " (signalbox.runtime.catalogs.locations)");
    }
    URI place = URI.create(base + "functions/" + name + "/" + version + "/function.yaml");
    String text = scheme(place).equals("file") ? file(place) : web(place);
    try {
      JsonNode function = SourceText.parse(text, largest, DefinitionLimits.STANDARD.nodes());
      if (!function.isObject()) {
        throw new Unavailable(place + " holds no task");
      }
      return function;
    } catch (SourceText.Unreadable e) {
      throw new Unavailable(place + " is unreadable: " + e.reason());
    }
  }

  private boolean allowed(String base) {
    boolean straight = uri(base).map(it -> it.normalize().equals(it)).orElse(false);
    return straight
        && (locations.stream().map(CatalogLocations::slashed).anyMatch(base::startsWith)
            || standard.map(CatalogLocations::slashed).equals(Optional.of(base)));
  }

  private String file(URI place) throws Unavailable {
    try (InputStream in = Files.newInputStream(Path.of(place))) {
      return bounded(in, place);
    } catch (IOException | IllegalArgumentException e) {
      throw new Unavailable("there is no " + place);
    }
  }

  private String web(URI place) throws Unavailable {
    HttpRequest request = HttpRequest.newBuilder(place).timeout(timeout).GET().build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build()) {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() != 200) {
          throw new Unavailable(place + " answered " + answer.statusCode());
        }
        return bounded(body, place);
      } finally {
        client.shutdownNow();
      }
    } catch (IOException e) {
      throw new Unavailable(place + " does not answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted while waiting for " + place);
    }
  }

  private String bounded(InputStream in, URI place) throws IOException, Unavailable {
    byte[] bytes = in.readNBytes(largest + 1);
    if (bytes.length > largest) {
      throw new Unavailable(place + " is larger than " + largest + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String slashed(String location) {
    return location.endsWith("/") ? location : location + "/";
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
