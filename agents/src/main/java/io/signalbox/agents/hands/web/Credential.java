package io.signalbox.agents.hands.web;

import com.typesafe.config.Config;
import io.signalbox.agents.hands.kit.BaseUrl;
import io.signalbox.agents.hands.kit.Secret;
import io.signalbox.agents.hands.kit.Setback;
import java.net.URI;

/**
 * What a tool of kind http presents to a service, so that no definition holds a secret. It is sent
 * to its own origin and nowhere else, whatever a definition says.
 */
public record Credential(URI origin, String header, Secret value) {
  /** Reads {@code credentials.NAME}. */
  public static Credential from(String name, Config config) {
    var key = "credentials." + name;
    return new Credential(
        BaseUrl.read(key + ".origin", config.getString("origin"))
            .orElseThrow(() -> new IllegalArgumentException(key + ".origin is empty")),
        config.hasPath("header") ? config.getString("header") : "Authorization",
        new Secret(config.getString("value").strip()));
  }

  String valueFor(URI target) throws Setback {
    if (!Redirects.sameOrigin(origin, target)) {
      throw Setback.failed(
          "authorization",
          403,
          "the tool's credential is for " + origin + ", not for this address");
    }
    return value.value();
  }
}
