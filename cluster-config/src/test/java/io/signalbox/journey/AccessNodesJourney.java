package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.boot.TestDatabase;
import io.signalbox.journey.Outside.Said;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one node is told about keys, roles and policies holds on the other within two seconds. */
class AccessNodesJourney {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final Duration SOON = Duration.ofSeconds(2);

  private static ServerProcess node(Path data, int port, int index) throws Exception {
    return ServerProcess.start(
        data,
        "--port",
        Integer.toString(port),
        "--nodes",
        "2",
        "--node-index",
        Integer.toString(index),
        "--db-url",
        LiveGateway.address(DATABASE));
  }

  @Test
  void revocationsPoliciesAndRolesHoldOnEveryNodeWithinTwoSeconds() throws Exception {
    Path data = Folder.make("access");
    int port = 20_000 + new Random().nextInt(6_000) * 2;
    try (Outside outside = Outside.open().on("/pay", _ -> Said.json(200, "{}"));
        ServerProcess one = node(data, port, 1);
        ServerProcess two = node(data, port, 2)) {
      Client first = one.ready();
      Client second = two.ready();
      Eventually.get(
          "two members",
          () -> first.get("/v1/cluster").expect(200).json(),
          cluster -> cluster.path("members").size() == 2);
      first
          .put(
              "/v1/tools/pay",
              "{kind: http, description: P, risk: read, config: {url: '%s/pay'}}"
                  .formatted(outside.url()))
          .expect(201);
      JsonNode made =
          first.post("/v1/keys", "{principal: 'user:carol', roles: [clerk]}").expect(201).json();
      Client here = first.as(made.path("secret").asText());
      Client there = second.as(made.path("secret").asText());
      Callable<Integer> call = () -> there.post("/v1/tools/pay/call", "{arguments: {}}").status();
      Eventually.get("the tool is known there", call, status -> status == 200);

      first.put("/v1/policies/stop", "rules: [{effect: deny, tools: [pay]}]").expect(201);
      within("a policy", call, 403);
      first.send("DELETE", "/v1/policies/stop", "").expect(204);
      within("a policy that is gone", call, 200);

      first.put("/v1/roles/member", "{permissions: ['tool:read']}").expect(201);
      within("a narrower role", call, 403);
      first.send("DELETE", "/v1/roles/member", "").expect(204);
      within("a role that is gone", call, 200);

      first.send("DELETE", "/v1/keys/" + made.path("id").asText(), "").expect(204);
      assertThat(here.get("/v1/tools").status()).isEqualTo(401);
      within("a revocation", call, 401);
    }
    Folder.delete(data);
  }

  /** Asked again and again while the time runs, each answer counts from its asking. */
  private static void within(String what, Callable<Integer> call, int wanted) throws Exception {
    long begin = System.nanoTime();
    long asked = begin;
    while (call.call() != wanted) {
      asked = System.nanoTime();
      assertThat(Duration.ofNanos(asked - begin)).as(what).isLessThan(Duration.ofSeconds(20));
    }
    Duration took = Duration.ofNanos(asked - begin);
    System.getLogger("access").log(System.Logger.Level.INFO, what + " held after " + took);
    assertThat(took).as(what).isLessThanOrEqualTo(SOON);
  }
}
