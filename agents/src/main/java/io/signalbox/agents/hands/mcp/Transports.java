package io.signalbox.agents.hands.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.signalbox.agents.hands.auth.Authorizations;
import io.signalbox.agents.hands.auth.TokenSettings;
import io.signalbox.agents.hands.auth.Tokens;
import io.signalbox.agents.hands.egress.Egress;
import io.signalbox.agents.hands.egress.EgressSettings;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.secrets.SecretsSettings;
import io.signalbox.agents.hands.secrets.Vault;
import io.signalbox.agents.hands.secrets.Veil;
import io.signalbox.agents.hands.web.Ask;
import io.signalbox.agents.hands.web.Authorization;
import io.signalbox.agents.hands.web.WebSettings;
import io.signalbox.agents.hands.web.Wire;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.mcp.McpReach;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way to a server: the SDK's transports, with secrets put in and limits put around. */
final class Transports implements AutoCloseable {
  static final McpJsonMapper MAPPER = new JacksonMcpJsonMapper(JsonMapper.builder().build());

  private final McpSettings settings;
  private final Vault vault;
  private final Authorizations authorizations;
  private final Wire wire;
  private final Egress egress;

  Transports(
      McpSettings settings,
      SecretsSettings secrets,
      TokenSettings tokens,
      WebSettings web,
      EgressSettings egress,
      InstantSource clock) {
    this.settings = settings;
    this.vault = new Vault(secrets, clock);
    this.authorizations = new Authorizations(new Tokens(tokens));
    this.wire = new Wire(web, egress, clock);
    this.egress = new Egress(egress);
  }

  McpClientTransport to(Link link) throws Setback {
    return switch (link.reach()) {
      case McpReach.Http http -> http(link, http);
      case McpReach.Stdio stdio -> stdio(stdio);
    };
  }

  private McpClientTransport http(Link link, McpReach.Http http) throws Setback {
    URI uri = URI.create(http.url());
    Map<String, String> headers = new HashMap<>(http.headers());
    for (var secret : http.secrets().entrySet()) {
      headers.put(secret.getKey(), secret(secret.getValue()));
    }
    JsonNode policy = http.authentication().orElseGet(Json::object);
    Authorization authorization =
        policy.isEmpty()
            ? Authorization.NONE
            : authorizations.of(policy, link.tenant(), Veil.blind(vault));
    String base = uri.getScheme() + "://" + uri.getRawAuthority();
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return HttpClientStreamableHttpTransport.builder(base)
        .endpoint(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery())
        .jsonMapper(MAPPER)
        .customizeClient(it -> it.followRedirects(HttpClient.Redirect.NEVER))
        .connectTimeout(settings.connectTimeout())
        .openConnectionOnStartup(false)
        .resumableStreams(true)
        .maxResponseSize(settings.maxMessageBytes())
        .addHttpRequestCustomizer(
            (request, method, to, _, _) -> {
              allowed(to);
              headers.forEach(request::setHeader);
              sign(request, authorization, method, to);
            })
        .build();
  }

  /** Before every request: the platform remembers what was looked up here when it connects. */
  private void allowed(URI to) {
    try {
      egress.pass(to).close();
    } catch (Setback e) {
      throw new UncheckedSetback(e);
    }
  }

  private void sign(
      HttpRequest.Builder request, Authorization authorization, String method, URI to) {
    try {
      Ask signed =
          authorization.sign(
              wire.talk(settings.connectTimeout()),
              new Ask(method, to, Map.of(), Optional.empty(), false));
      signed.headers().forEach((name, values) -> values.forEach(it -> request.setHeader(name, it)));
    } catch (Setback e) {
      throw new UncheckedSetback(e);
    }
  }

  private McpClientTransport stdio(McpReach.Stdio stdio) throws Setback {
    McpSettings.Stdio limits = settings.stdio();
    if (!limits.enabled()) {
      throw Setback.failed(
          "configuration",
          403,
          "servers over stdio are switched off: signalbox.agents.hands.mcp.stdio.enabled");
    }
    if (!limits.commands().isEmpty() && !limits.commands().contains(stdio.command())) {
      throw Setback.failed(
          "configuration",
          403,
          "'%s' is not one of signalbox.agents.hands.mcp.stdio.commands"
              .formatted(stdio.command()));
    }
    Map<String, String> environment = new HashMap<>(stdio.env());
    for (var secret : stdio.secrets().entrySet()) {
      environment.put(secret.getKey(), secret(secret.getValue()));
    }
    List<String> line = line(limits, stdio);
    ServerParameters parameters =
        ServerParameters.builder(line.getFirst())
            .args(line.subList(1, line.size()))
            .env(environment)
            .build();
    return new Enclosed(parameters, settings.maxMessageBytes());
  }

  private static List<String> line(McpSettings.Stdio limits, McpReach.Stdio stdio) {
    List<String> line = new ArrayList<>(List.of("prlimit", "--core=0"));
    line.add("--as=" + limits.memory());
    line.add("--nofile=" + limits.files());
    line.add("--fsize=" + limits.fileSize());
    line.addAll(List.of("setpriv", "--no-new-privs"));
    limits
        .user()
        .map(it -> it.split(":", 2))
        .ifPresent(
            it -> line.addAll(List.of("--reuid=" + it[0], "--regid=" + it[1], "--clear-groups")));
    line.add("--");
    line.add(stdio.command());
    line.addAll(stdio.args());
    return line;
  }

  /** {@code NAME} or {@code NAME.FIELD}. */
  private String secret(String reference) throws Setback {
    int dot = reference.indexOf('.');
    Map<String, String> fields = vault.fields(dot < 0 ? reference : reference.substring(0, dot));
    String value = fields.get(dot < 0 ? "" : reference.substring(dot + 1));
    if (value == null) {
      throw Setback.failed(
          "configuration", 400, "the secret '%s' has no such value".formatted(reference));
    }
    return value;
  }

  @Override
  public void close() {
    wire.close();
  }

  /** A process that sees nothing of the gateway's environment but what it is given. */
  private static final class Enclosed extends StdioClientTransport {
    Enclosed(ServerParameters parameters, int longest) {
      super(parameters, MAPPER, longest);
    }

    @Override
    protected ProcessBuilder getProcessBuilder() {
      ProcessBuilder builder = super.getProcessBuilder();
      builder.environment().clear();
      return builder;
    }
  }
}
