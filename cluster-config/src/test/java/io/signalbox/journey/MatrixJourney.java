package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every route of the API's own description, asked by nobody, by another tenant, by somebody without
 * the right, by somebody whose rights hold in another namespace, and by somebody with just the
 * right that the refusal named: nothing of one tenant is told to another. A route that is added is
 * asked too, or fails here until one of its things is planted.
 */
class MatrixJourney {
  private static final LocalIssuer ACME = LocalIssuer.open();
  private static final LocalIssuer GLOBEX = LocalIssuer.open();

  @RegisterExtension
  static final LiveGateway GATEWAY =
      new LiveGateway(
          """
          signalbox.runtime.tokens {
            issuer { audiences = [signalbox], roles { claim = "/realm/groups", map { ops = admin, all = member } } }
            issuers = [{ issuer = "%s", tenant = acme }, { issuer = "%s", tenant = globex }]
          }
          signalbox.runtime.notifications {
            look-interval = 100 ms, retry-shortest = 50 ms, retry-longest = 100 ms, attempts = 2
          }
          signalbox.http.show-most = 40 KiB
          signalbox.agents.hands.secrets.values { hook-key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }
          """
              .formatted(ACME.name(), GLOBEX.name()));

  /** What is the same for everybody who has the permission in some namespace. */
  private static final Set<String> SHARED =
      Set.of(
          "GET /v1/cluster",
          "GET /v1/tools",
          "GET /v1/tools/{name}",
          "GET /v1/agents",
          "GET /v1/agents/{name}",
          "POST /v1/tools/{name}/call",
          "POST /v1/agents/{name}/sessions/{session}/messages",
          "GET /v1/grants",
          "GET /v1/grants/{name}",
          "GET /v1/blobs/{digest}",
          "POST /mcp",
          "GET /mcp",
          "DELETE /mcp");

  /** Only for who runs the gateway, whatever the tenant. */
  private static final Set<String> OPERATORS =
      Set.of("GET /v1/audit/checkpoint", "POST /v1/audit/keys");

  private final Client anybody = GATEWAY.client().as("");

  private record Route(String method, String pattern, boolean open) {
    @Override
    public String toString() {
      return method + " " + pattern;
    }
  }

  @AfterAll
  static void close() {
    ACME.close();
    GLOBEX.close();
  }

  @Test
  void nothingOfATenantIsToldToAnybodyElse() throws Exception {
    try (Outside outside = Outside.open()) {
      Client owner = anybody.as(ACME.token("ada", "ops"));
      Seeds seeds = Seeds.plant(owner, outside);
      List<Route> routes = routes();
      SoftAssertions soft = new SoftAssertions();
      for (Route route : routes) {
        nobody(soft, route, seeds);
      }
      Map<Route, String> permissions = new HashMap<>();
      for (Route route : routes) {
        withoutTheRight(soft, route, seeds, permissions);
      }
      elsewhere(soft, routes, seeds, owner);
      anotherTenant(soft, routes, seeds);
      for (Route route : routes) {
        if (route.method().equals("GET")
            && !route.open()
            && !OPERATORS.contains(route.toString())
            && !route.pattern().equals("/mcp")) {
          soft.assertThat(ask(owner, route, seeds).status())
              .as("%s is there as before", route)
              .isEqualTo(200);
        }
      }
      soft.assertAll();
      withJustTheRight(soft, routes, seeds, permissions, owner);
      soft.assertAll();
    }
  }

  private void nobody(SoftAssertions soft, Route route, Seeds seeds) throws Exception {
    Client.Reply reply = ask(anybody, route, seeds);
    tellsNothing(soft, "nobody", route, seeds, reply);
    if (route.open()) {
      soft.assertThat(reply.status()).as("nobody: %s", route).isLessThan(500);
    } else {
      soft.assertThat(reply.status()).as("nobody: %s", route).isEqualTo(401);
      soft.assertThat(reply.header("WWW-Authenticate"))
          .as("nobody: %s", route)
          .startsWith("Bearer");
      Client.Reply wrong = ask(anybody.as("sbk_wrong"), route, seeds);
      soft.assertThat(wrong.status()).as("wrong key: %s", route).isEqualTo(401);
    }
  }

  private void withoutTheRight(
      SoftAssertions soft, Route route, Seeds seeds, Map<Route, String> permissions)
      throws Exception {
    if (route.open()) {
      return;
    }
    Client.Reply reply = ask(anybody.as(ACME.token("nora")), route, seeds);
    tellsNothing(soft, "without the right", route, seeds, reply);
    String rule = reply.status() == 403 ? reply.json().path("rule").asText() : "";
    soft.assertThat(rule)
        .as("without the right: %s %s", route, reply.response().body())
        .startsWith("permission:");
    if (rule.startsWith("permission:")) {
      permissions.put(route, rule.substring("permission:".length()));
      soft.assertThat(reply.json().path("detail").asText()).contains(permissions.get(route));
      if (rule.startsWith("permission:admin:")) {
        Client member = anybody.as(ACME.token("mia", "all"));
        soft.assertThat(ask(member, route, seeds).status())
            .as("a member: %s", route)
            .isEqualTo(403);
      }
    }
  }

  /** Everything, but in another namespace. */
  private void elsewhere(SoftAssertions soft, List<Route> routes, Seeds seeds, Client owner)
      throws Exception {
    owner
        .put(
            "/v1/roles/elsewhere",
            "bindings: [{namespace: elsewhere, permissions: ['*', 'admin:*']}]\nmembers: ['user:nat']")
        .expect(201);
    Client nat = anybody.as(ACME.token("nat"));
    for (Route route : routes) {
      if (route.open() || SHARED.contains(route.toString())) {
        continue;
      }
      Client.Reply reply = ask(nat, route, seeds);
      tellsNothing(soft, "elsewhere", route, seeds, reply);
      boolean list = route.method().equals("GET") && !route.pattern().contains("{");
      soft.assertThat(
              reply.status() == 403 || reply.status() == 404 || (list && reply.status() == 200))
          .as("elsewhere: %s %s %s", route, reply.status(), reply.response().body())
          .isTrue();
    }
  }

  /** An administrator of another tenant cannot tell what is there from what is not. */
  private void anotherTenant(SoftAssertions soft, List<Route> routes, Seeds seeds)
      throws Exception {
    Client stranger = anybody.as(GLOBEX.token("gus", "ops"));
    Seeds ghosts = Seeds.ghosts(seeds);
    for (Route route : routes) {
      Client.Reply reply = ask(stranger, route, seeds);
      Client.Reply ghost = ask(stranger, route, ghosts);
      tellsNothing(soft, "another tenant", route, seeds, reply);
      soft.assertThat(kind(reply))
          .as("another tenant: %s %s %s", route, reply.response().body(), ghost.response().body())
          .isEqualTo(kind(ghost))
          .isNotEqualTo(500);
      if (reply.status() >= 400) {
        soft.assertThat(seeds.without(reply.response().body()))
            .as("another tenant: %s", route)
            .isEqualTo(ghosts.without(ghost.response().body()));
      }
    }
  }

  /** Made or made again is the same to who asks about something else. */
  private static int kind(Client.Reply reply) {
    return reply.status() < 300 ? 200 : reply.status();
  }

  /** The refusal named a permission: with it alone the same request is not refused. */
  private void withJustTheRight(
      SoftAssertions soft,
      List<Route> routes,
      Seeds seeds,
      Map<Route, String> permissions,
      Client owner)
      throws Exception {
    int number = 0;
    for (Route route : routes) {
      String permission = permissions.get(route);
      if (permission == null || OPERATORS.contains(route.toString())) {
        continue;
      }
      String who = "right" + number++;
      owner
          .put(
              "/v1/roles/" + who,
              "permissions: ['" + permission + "']\nmembers: ['user:" + who + "']")
          .expect(201);
      Client.Reply reply = ask(anybody.as(ACME.token(who)), route, seeds);
      soft.assertThat(reply.status())
          .as("with the right: %s %s", route, reply.response().body())
          .isNotIn(401, 500, 503)
          .matches(status -> status != 403 || route.pattern().startsWith("/v1/approvals"));
      if (route.method().equals("GET") && !route.pattern().equals("/mcp")) {
        soft.assertThat(reply.status())
            .as("with the right: %s %s", route, reply.response().body())
            .isEqualTo(200);
      }
    }
  }

  private static void tellsNothing(
      SoftAssertions soft, String who, Route route, Seeds seeds, Client.Reply reply) {
    String all = seeds.without(reply.response().headers().map() + "\n" + reply.response().body());
    for (String telling : seeds.telling()) {
      soft.assertThat(all).as("%s: %s", who, route).doesNotContain(telling);
    }
  }

  private static Client.Reply ask(Client client, Route route, Seeds seeds) throws Exception {
    String body = Seeds.json(seeds.body(route.method(), route.pattern()));
    String[] headers = body.isEmpty() ? new String[0] : new String[] {"Content-Type", type(route)};
    return client.send(route.method(), seeds.path(route.pattern()), body, headers);
  }

  private static String type(Route route) {
    return route.pattern().equals("/v1/events")
        ? "application/cloudevents+json"
        : "application/json";
  }

  /** Those that only look come first, then those that change, then those that delete. */
  private List<Route> routes() throws Exception {
    JsonNode document = anybody.get("/openapi.json").expect(200).json();
    List<Route> routes = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          String method = operation.getKey().toUpperCase(java.util.Locale.ROOT);
                          if (Set.of("GET", "POST", "PUT", "DELETE", "PATCH").contains(method)) {
                            JsonNode security = operation.getValue().path("security");
                            routes.add(
                                new Route(
                                    method,
                                    path.getKey(),
                                    security.isArray() && security.isEmpty()));
                          }
                        }));
    assertThat(routes).hasSizeGreaterThan(90);
    routes.sort(
        Comparator.comparingInt(
            it -> List.of("GET", "PUT", "PATCH", "POST", "DELETE").indexOf(it.method())));
    return routes;
  }
}
