package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of everything in a tenant, each with a marker in its name or text, and what stands for the
 * parameters and bodies of a request about it.
 *
 * <p>Longer than 300 lines because it names one thing of each kind and one body for each route.
 */
final class Seeds {
  static final String MARKER = "zqx7marker";
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  /** By the path's first word and the parameter's name, such as {@code runs/id}. */
  private final Map<String, String> values = new HashMap<>();

  private Seeds() {}

  /** What does not exist anywhere. */
  static Seeds ghosts(Seeds real) {
    Seeds ghosts = new Seeds();
    real.values.forEach(
        (key, value) ->
            ghosts.values.put(key, value.replaceAll("[0-9a-f](?!\\d*$)|(?<!-)[0-9a-f]$", "c")));
    return ghosts;
  }

  static Seeds plant(Client admin, Outside outside) throws Exception {
    Seeds it = new Seeds();
    String ns = MARKER + "-space";
    workflow(
        admin,
        ns,
        "asks",
        "do: [{sign: {call: approval, with: {title: "
            + MARKER
            + ", approvers: ['role:officer'], notify: ["
            + MARKER
            + "-hook]}}}]");
    workflow(admin, ns, "timed", "schedule: {every: PT1H}\ndo: [{a: {set: {b: " + MARKER + "}}}]");
    put(
        admin,
        "channels",
        "hook",
        "kind: webhook\npeople: [{principal: 'user:olga', roles: [officer]}]\n"
            + "config: {url: '"
            + outside.url()
            + "/gone', secret: hook-key}");
    put(
        admin,
        "tools",
        "tool",
        "kind: http\ndescription: "
            + MARKER
            + "\nrisk: read\nconfig: {url: '"
            + outside.url()
            + "/tool'}");
    put(
        admin,
        "agents",
        "agent",
        "model: scripted/a\ninstructions: "
            + MARKER
            + "\nscript: [{reply: "
            + MARKER
            + "}, {reply: "
            + MARKER
            + "}]");
    put(
        admin,
        "grants",
        "grant",
        "tool: " + MARKER + "-tool\narguments: {}\nuntil: '2099-01-01T00:00:00Z'");
    put(admin, "budgets", "budget", "scope: 'tool:" + MARKER + "-tool'\nlimits: {calls: 1000}");
    put(admin, "roles", "role", "description: " + MARKER + "\npermissions: ['tool:read']");
    put(
        admin,
        "policies",
        "policy",
        "description: " + MARKER + "\nrules: [{effect: deny, tools: [" + MARKER + "-nothing]}]");
    put(admin, "taint-rules", "taint", "description: " + MARKER + "\nonSteered: block");
    put(
        admin,
        "guardrails",
        "rail",
        "tools: ["
            + MARKER
            + "-nothing]\nchecks: [{detector: words, any: ["
            + MARKER
            + "], 'on': [result], action: flag}]");
    put(admin, "mcp-servers", "server", "transport: http\nurl: '" + outside.url() + "/mcp'");
    JsonNode run =
        admin
            .post(
                "/v1/runs",
                "workflow: {namespace: "
                    + ns
                    + ", name: asks}\nlabels: {m: "
                    + MARKER
                    + "}\ninput: {big: "
                    + (MARKER + " ").repeat(8000)
                    + "}")
            .expect(201)
            .json();
    String id = run.path("id").asText();
    admin.waiting(id, "approval");
    admin
        .put("/v1/audit/holds/" + MARKER + "-hold", "{run: '" + id + "', reason: " + MARKER + "}")
        .expect(200);
    admin
        .post(
            "/v1/agents/" + MARKER + "-agent/sessions/" + MARKER + "-session/messages",
            "content: " + MARKER)
        .expect(200);
    String freeze =
        admin
            .post("/v1/freezes", "scope: 'tool:" + MARKER + "-frozen'\nreason: " + MARKER)
            .expect(201)
            .json()
            .path("id")
            .asText();
    String key =
        admin
            .post("/v1/keys", "principal: 'service:" + MARKER + "'")
            .expect(201)
            .json()
            .path("id")
            .asText();
    String approval =
        Eventually.get(
                "the approval is listed", () -> first(admin, "/v1/approvals"), Optional::isPresent)
            .orElseThrow();
    String letter =
        Eventually.get("a dead letter", () -> first(admin, "/v1/dead-letters"), Optional::isPresent)
            .orElseThrow();
    Matcher digest =
        Pattern.compile("/v1/blobs/([0-9a-f]{64})")
            .matcher(
                admin.get("/v1/runs/" + id + "/history").expect(200).response().body()
                    + admin.get("/v1/runs/" + id).expect(200).response().body());
    assertThat(digest.find()).as("a large value is linked to").isTrue();
    it.values.putAll(
        Map.ofEntries(
            Map.entry("workflows/namespace", ns),
            Map.entry("workflows/name", "asks"),
            Map.entry("workflows/version", "1.0.0"),
            Map.entry("runs/id", id),
            Map.entry("approvals/id", approval),
            Map.entry("dead-letters/id", letter),
            Map.entry("blobs/digest", digest.group(1)),
            Map.entry("audit/name", MARKER + "-hold"),
            Map.entry("agents/session", MARKER + "-session"),
            Map.entry("freezes/id", freeze),
            Map.entry("keys/id", key),
            Map.entry("hooks/name", MARKER + "-hook"),
            Map.entry("links/token", MARKER + "-token")));
    Map.of(
            "channels",
            "hook",
            "tools",
            "tool",
            "agents",
            "agent",
            "grants",
            "grant",
            "budgets",
            "budget",
            "roles",
            "role",
            "policies",
            "policy",
            "mcp-servers",
            "server",
            "guardrails",
            "rail",
            "taint-rules",
            "taint")
        .forEach((kind, name) -> it.values.put(kind + "/name", MARKER + "-" + name));
    return it;
  }

  private static Optional<String> first(Client admin, String list) throws Exception {
    JsonNode items = admin.get(list).expect(200).json().path("items");
    return items.isEmpty() ? Optional.empty() : Optional.of(items.get(0).path("id").asText());
  }

  private static void put(Client admin, String kind, String name, String yaml) throws Exception {
    Client.Reply reply = admin.put("/v1/" + kind + "/" + MARKER + "-" + name, yaml);
    assertThat(reply.status()).as(kind + " " + reply.response().body()).isIn(200, 201);
  }

  private static void workflow(Client admin, String namespace, String name, String text)
      throws Exception {
    admin
        .send(
            "POST",
            "/v1/workflows",
            "document: {dsl: '1.0.3', namespace: "
                + namespace
                + ", name: "
                + name
                + ", version: '1.0.0'}\n"
                + text,
            "Content-Type",
            "application/yaml")
        .expect(201);
  }

  /** Whatever would tell that these exist. */
  List<String> telling() {
    List<String> all = new ArrayList<>(List.of(MARKER));
    values.forEach(
        (key, value) -> {
          if (key.endsWith("/id") || key.endsWith("/digest")) {
            all.add(value);
          }
        });
    return all;
  }

  /** The path with its parameters filled in; a new kind of thing has to be planted first. */
  String path(String pattern) {
    String kind = pattern.replaceFirst("^/(v1/)?", "").replaceFirst("/.*", "");
    return PARAMETER
        .matcher(pattern)
        .replaceAll(
            it -> {
              String value = values.get(kind + "/" + it.group(1));
              assertThat(value).as("plant one for " + it.group(1) + " of " + pattern).isNotNull();
              return Matcher.quoteReplacement(value);
            });
  }

  /** What a request sends; a new route with a body has to say what. */
  String body(String method, String pattern) {
    String run = values.get("workflows/namespace");
    String text =
        switch (method + " " + pattern) {
          case "POST /v1/workflows" ->
              "document: {dsl: '1.0.3', namespace: own, name: own, version: '1.0.0'}\ndo: [{a: {set: {b: 1}}}]";
          case "POST /v1/runs" ->
              "workflow: {namespace: " + run + ", name: " + values.get("workflows/name") + "}";
          case "POST /v1/runs/{id}/retry" -> "{}";
          case "POST /v1/runs/{id}/resolve" -> "{action: retry}";
          case "POST /v1/runs/{id}/migrate" -> "{workflowVersion: '1.0.0', dryRun: true}";
          case "POST /v1/runs/{id}/fork" -> "{atSeq: 1}";
          case "POST /v1/events" -> "{specversion: '1.0', id: e1, source: s, type: t}";
          case "POST /v1/hooks/{name}", "POST /v1/links/{token}" -> "{}";
          case "PUT /v1/audit/holds/{name}" ->
              "{run: '" + values.get("runs/id") + "', reason: why}";
          case "POST /v1/approvals/{id}/decisions" -> "{decision: approve}";
          case "POST /v1/approvals/{id}/delegations" -> "{to: 'user:xenia'}";
          case "PUT /v1/grants/{name}" -> "{tool: t, arguments: {}, until: '2099-01-01T00:00:00Z'}";
          case "PUT /v1/channels/{name}" ->
              "{kind: webhook, people: [], config: {url: 'http://127.0.0.1:1/x', secret: hook-key}}";
          case "PUT /v1/tools/{name}" ->
              "{kind: http, description: d, risk: read, config: {url: 'http://127.0.0.1:1/x'}}";
          case "POST /v1/tools/{name}/call" -> "{arguments: {}}";
          case "PUT /v1/mcp-servers/{name}" -> "{transport: http, url: 'http://127.0.0.1:1/x'}";
          case "POST /v1/mcp-servers/{name}/accept" -> "{}";
          case "POST /mcp" -> "{jsonrpc: '2.0', id: 1, method: tools/list}";
          case "PUT /v1/agents/{name}" -> "{model: scripted/x, script: [{reply: x}]}";
          case "POST /v1/agents/{name}/sessions/{session}/messages" -> "{content: hello}";
          case "PUT /v1/budgets/{name}" -> "{scope: 'tool:own', limits: {calls: 1}}";
          case "POST /v1/freezes" -> "{scope: 'tool:own', reason: why}";
          case "POST /v1/keys" -> "{principal: 'service:own'}";
          case "POST /v1/keys/{id}/rotate" -> "{overlap: PT1H}";
          case "PUT /v1/guardrails/{name}" ->
              "{tools: [own], checks: [{detector: words, any: [own], 'on': [result], action: flag}]}";
          case "POST /v1/policies/replay" -> "{policies: []}";
          case "PUT /v1/taint-rules/{name}" -> "{onSteered: ask}";
          case "PUT /v1/roles/{name}" -> "{permissions: ['tool:read']}";
          case "PUT /v1/policies/{name}" -> "{rules: [{effect: deny, tools: [own]}]}";
          case "POST /v1/policies/simulate" ->
              "{principal: 'user:x', tool: " + values.get("tools/name") + "}";
          default -> "";
        };
    return text;
  }

  /** An answer without what was sent, which may well be echoed. */
  String without(String answer) {
    String rest = answer;
    for (String value :
        values.values().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList()) {
      rest = rest.replace(value, "~");
    }
    return rest.replaceAll("\"run\":\"[0-9a-f-]{36}\"", "\"run\":\"?\"")
        // an approval's id begins with its run's
        .replaceAll("there is no run (~|[0-9a-f-]{36})", "there is no run ?");
  }

  static String json(String yaml) throws Exception {
    return yaml.isEmpty() ? "" : Json.MAPPER.writeValueAsString(Client.yaml(yaml));
  }
}
