package io.signalbox.agents.hands;

import com.typesafe.config.Config;
import io.signalbox.agents.hands.auth.TokenSettings;
import io.signalbox.agents.hands.egress.EgressSettings;
import io.signalbox.agents.hands.fuse.FuseSettings;
import io.signalbox.agents.hands.github.GitHubSettings;
import io.signalbox.agents.hands.jira.JiraSettings;
import io.signalbox.agents.hands.mcp.McpSettings;
import io.signalbox.agents.hands.openapi.OpenApiSettings;
import io.signalbox.agents.hands.process.ProcessSettings;
import io.signalbox.agents.hands.secrets.SecretsSettings;
import io.signalbox.agents.hands.slack.SlackSettings;
import io.signalbox.agents.hands.sql.DatasourceSettings;
import io.signalbox.agents.hands.sql.GatewayDatabase;
import io.signalbox.agents.hands.web.Credential;
import io.signalbox.agents.hands.web.WebSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the hands are told at boot.
 *
 * @param gateway the gateway's own database, for datasources whose url is {@code gateway}
 */
public record HandsSettings(
    int maxInFlight,
    WebSettings web,
    EgressSettings egress,
    Map<String, Credential> credentials,
    GitHubSettings github,
    JiraSettings jira,
    SlackSettings slack,
    Map<String, DatasourceSettings> datasources,
    SecretsSettings secrets,
    TokenSettings tokens,
    OpenApiSettings openapi,
    Optional<GatewayDatabase> gateway,
    ProcessSettings processes,
    McpSettings mcp,
    FuseSettings fuse) {
  public HandsSettings {
    credentials = Map.copyOf(credentials);
    datasources = Map.copyOf(datasources);
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("max-in-flight must be at least 1");
    }
  }

  /** Whether the gateway serves nobody but this machine. */
  private static boolean local(Config config) {
    return !config.hasPath("signalbox.http.host")
        || Set.of("127.0.0.1", "localhost", "::1")
            .contains(config.getString("signalbox.http.host"));
  }

  /** Reads {@code signalbox.agents.hands} of the whole configuration. */
  public static HandsSettings from(Config config, Optional<GatewayDatabase> gateway) {
    var hands = config.getConfig("signalbox.agents.hands");
    var datasources = new TreeMap<String, DatasourceSettings>();
    var named = hands.getConfig("datasources");
    for (var name : named.root().keySet()) {
      datasources.put(name, DatasourceSettings.from(name, named.getConfig("\"" + name + "\"")));
    }
    var credentials = new TreeMap<String, Credential>();
    var known = hands.getConfig("credentials");
    for (var name : known.root().keySet()) {
      credentials.put(name, Credential.from(name, known.getConfig("\"" + name + "\"")));
    }
    var github = GitHubSettings.from(hands.getConfig("github"));
    var jira = JiraSettings.from(hands.getConfig("jira"));
    var slack = SlackSettings.from(hands.getConfig("slack"));
    var trusted = new TreeSet<String>();
    trusted.add(EgressSettings.place(github.baseUrl()));
    jira.baseUrl().map(EgressSettings::place).ifPresent(trusted::add);
    trusted.add(EgressSettings.place(slack.baseUrl()));
    credentials.values().forEach(it -> trusted.add(EgressSettings.place(it.origin())));
    return new HandsSettings(
        hands.getInt("max-in-flight"),
        WebSettings.from(hands.getConfig("http")),
        EgressSettings.from(hands.getConfig("egress"), local(config), trusted),
        credentials,
        github,
        jira,
        slack,
        datasources,
        SecretsSettings.from(hands.getConfig("secrets"), System.getenv()),
        TokenSettings.from(hands.getConfig("tokens")),
        OpenApiSettings.from(hands.getConfig("openapi")),
        gateway,
        ProcessSettings.from(hands.getConfig("processes")),
        McpSettings.from(hands.getConfig("mcp")),
        FuseSettings.from(hands.getConfig("fuse")));
  }
}
