package io.signalbox.agents.hands.jira;

import com.typesafe.config.Config;
import io.signalbox.agents.hands.kit.BaseUrl;
import io.signalbox.agents.hands.kit.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Which Jira Cloud site, as whom, and how long its search may lag behind. */
public record JiraSettings(Optional<URI> baseUrl, String email, Secret token, Duration searchLag) {
  public static JiraSettings from(Config config) {
    return new JiraSettings(
        BaseUrl.read("jira.base-url", config.getString("base-url")),
        config.getString("email").strip(),
        new Secret(config.getString("token").strip()),
        config.getDuration("search-lag"));
  }
}
