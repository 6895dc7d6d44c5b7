package io.signalbox.agents.hands.jira;

import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Credentials;
import io.signalbox.agents.hands.web.Rest;
import io.signalbox.agents.hands.web.Wire;
import io.signalbox.protocol.run.Perform;
import java.time.Duration;
import java.util.HashMap;

/** The configured Jira site. */
record Site(JiraSettings settings, Wire wire) {
  /** Name of the property, on issues and comments, that holds the key of the call. */
  static final String PROPERTY = "signalbox";

  Rest open(Perform order) throws Setback {
    var base =
        settings
            .baseUrl()
            .orElseThrow(
                () ->
                    Setback.failed(
                        "communication",
                        501,
                        "Jira is not set up: set JIRA_BASE_URL, JIRA_EMAIL and JIRA_API_TOKEN, or"
                            + " signalbox.agents.hands.jira"));
    var headers = new HashMap<String, String>();
    headers.put("Accept", "application/json");
    settings
        .token()
        .found()
        .ifPresent(
            token -> headers.put("Authorization", Credentials.basic(settings.email(), token)));
    return new Rest("Jira", base, headers, wire.talk(order));
  }

  Duration searchLag() {
    return settings.searchLag();
  }

  String browse(String key) {
    return settings.baseUrl().orElseThrow().toString().replaceAll("/+$", "") + "/browse/" + key;
  }
}
