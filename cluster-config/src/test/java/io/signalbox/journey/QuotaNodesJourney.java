package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.boot.TestDatabase;
import io.signalbox.journey.Outside.Said;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A thousand callers share a budget of five hundred over two nodes, and one of these is killed. */
class QuotaNodesJourney {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final int CALLERS = 1000;
  private static final int BUDGET = 500;

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
  void noMoreThanTheBudgetIsSentAndOnlyUnknownOutcomesAreMissing() throws Exception {
    Path data = Folder.make("two");
    int port = 20_000 + new Random().nextInt(6_000) * 2;
    try (Outside outside = Outside.open().on("/spend", _ -> Said.json(200, "{}"));
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
              "/v1/tools/spend",
              "{kind: http, description: S, risk: write, config: {method: post, url: '%s/spend'}}"
                  .formatted(outside.url()))
          .expect(201);
      first
          .put("/v1/budgets/half", "{scope: 'tool:spend', limits: {calls: %d}}".formatted(BUDGET))
          .expect(201);
      first.deploy("spends", "do: [{use: {call: tool, with: {tool: spend}}}]");
      Eventually.get(
          "the other node knows the budget",
          () -> second.get("/v1/budgets/half").status(),
          status -> status == 200);
      List<Future<String>> callers = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
        for (int i = 0; i < CALLERS; i++) {
          Client node = i % 2 == 0 ? first : second;
          int number = i;
          callers.add(threads.submit(() -> begin(node, number)));
        }
        Eventually.get(
            "the middle", () -> outside.received("/spend").size(), sent -> sent >= BUDGET / 4);
        two.kill();
      }
      int unknown = 0;
      int refused = 0;
      for (int i = 0; i < CALLERS; i++) {
        String id = callers.get(i).get().isEmpty() ? "c" + i : callers.get(i).get();
        JsonNode run =
            Eventually.get(
                "run " + id + " comes to rest",
                () -> resting(first, id),
                it -> !it.isMissingNode());
        if (run.path("waitingFor").findValuesAsText("kind").contains("outcome")) {
          unknown++;
        } else if (run.at("/error/status").asInt() == 429) {
          refused++;
        }
      }
      int sent = outside.received("/spend").size();
      System.getLogger("quota")
          .log(
              System.Logger.Level.INFO,
              "sent " + sent + ", unknown " + unknown + ", refused " + refused);
      assertThat(sent).isLessThanOrEqualTo(BUDGET);
      assertThat(BUDGET - sent).isLessThanOrEqualTo(unknown);
      assertThat(refused).isPositive();
    }
    Folder.delete(data);
  }

  /** Empty where the node died before it answered. */
  private static String begin(Client node, int number) {
    try {
      return node.begin("spends", "id: c" + number).json().path("id").asText();
    } catch (java.io.IOException | InterruptedException e) {
      return "";
    }
  }

  /** The run once nothing moves in it any more; an empty object where it never began. */
  private static JsonNode resting(Client node, String id) throws Exception {
    Client.Reply reply = node.get("/v1/runs/" + id);
    if (reply.status() == 404) {
      return io.signalbox.protocol.Json.object();
    }
    JsonNode run = reply.status() == 200 ? reply.json() : io.signalbox.protocol.Json.object();
    boolean still =
        List.of("completed", "faulted", "cancelled").contains(run.path("status").asText())
            || run.path("waitingFor").findValuesAsText("kind").contains("outcome");
    return still ? run : com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }
}
