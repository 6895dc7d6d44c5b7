package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Fields;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.mcp.McpReach;
import java.util.Locale;
import java.util.Set;

/**
 * Credentials of a federated server are named, never written down: a definition is kept, listed and
 * journalled with each call.
 */
final class McpCredentials {
  private static final Set<String> HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie", "x-api-key", "api-key");
  private static final Set<String> SCHEMES = Set.of("basic", "bearer", "digest", "oauth2", "oidc");

  private McpCredentials() {}

  /** Reports what would be a credential in plain words. */
  static void check(McpReach reach, Fields fields) {
    if (!(reach instanceof McpReach.Http http)) {
      return;
    }
    for (String header : http.headers().keySet()) {
      if (HEADERS.contains(header.toLowerCase(Locale.ROOT))) {
        fields
            .inside("headers")
            .fault(header, "is a credential: name its secret under 'secrets' instead");
      }
    }
    JsonNode policy = http.authentication().orElseGet(Json::object);
    for (var scheme : policy.properties()) {
      if (!SCHEMES.contains(scheme.getKey())) {
        fields.fault("authentication", "there is no scheme '" + scheme.getKey() + "'");
      } else if (!scheme.getValue().path("use").isTextual() || scheme.getValue().size() != 1) {
        fields
            .inside("authentication")
            .fault(
                scheme.getKey(),
                "must be {use: SECRET}; the secret is a JSON object with what the scheme needs");
      }
    }
    if (policy.size() > 1) {
      fields.fault("authentication", "must have one scheme");
    }
  }
}
