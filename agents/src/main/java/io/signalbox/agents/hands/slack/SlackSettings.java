package io.signalbox.agents.hands.slack;

import com.typesafe.config.Config;
import io.signalbox.agents.hands.kit.BaseUrl;
import io.signalbox.agents.hands.kit.Secret;
import java.net.URI;

/** Where Slack's Web API is, and the bot token for it. */
public record SlackSettings(URI baseUrl, Secret token) {
  public static SlackSettings from(Config config) {
    return new SlackSettings(
        BaseUrl.read("slack.base-url", config.getString("base-url"))
            .orElseThrow(() -> new IllegalArgumentException("slack.base-url is empty")),
        new Secret(config.getString("token").strip()));
  }
}
