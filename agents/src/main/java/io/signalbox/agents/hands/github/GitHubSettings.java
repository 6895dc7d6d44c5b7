package io.signalbox.agents.hands.github;

import com.typesafe.config.Config;
import io.signalbox.agents.hands.kit.BaseUrl;
import io.signalbox.agents.hands.kit.Secret;
import java.net.URI;

/** Where GitHub's API is, and the token for it, if any. */
public record GitHubSettings(URI baseUrl, Secret token) {
  public static GitHubSettings from(Config config) {
    return new GitHubSettings(
        BaseUrl.read("github.base-url", config.getString("base-url"))
            .orElseThrow(() -> new IllegalArgumentException("github.base-url is empty")),
        new Secret(config.getString("token").strip()));
  }
}
