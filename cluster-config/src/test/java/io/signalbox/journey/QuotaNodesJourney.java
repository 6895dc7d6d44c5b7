package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.boot.TestDatabase;
import io.signalbox.boot.postgres.Pause;
import io.signalbox.journey.Outside.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger spent = new AtomicInteger();
    try (Outside outside = Outside.open().on("/spend", _ -> answer(asked, spent));
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
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < CALLERS; i++) {
          Client node = i % 2 == 0 ? first : second;
          int number = i;
          callers.add(threads.submit(() -> begin(node, first, number)));
        }
        Eventually.get("the middle", spent::get, sent -> sent >= BUDGET / 4);
        two.kill();
      }
      int unknown = 0;
      int refused = 0;
      int failed = 0;
      for (int i = 0; i < CALLERS; i++) {
        String id = callers.get(i).get();
        JsonNode run =
            Eventually.get(
                "run " + id + " comes to rest",
                () -> resting(first, id),
                it -> !it.isMissingNode());
        if (run.path("waitingFor").findValuesAsText("kind").contains("outcome")) {
          unknown++;
        } else if (run.at("/error/status").asInt() == 429) {
          refused++;
        } else if (run.path("status").asText().equals("faulted")) {
          failed++;
        }
      }
      int sent = spent.get();
      System.getLogger("quota")
          .log(
              System.Logger.Level.INFO,
              "spent %d, failed for certain %d of %d asked, unknown %d, refused %d"
                  .formatted(sent, failed, asked.get(), unknown, refused));
      assertThat(sent).isLessThanOrEqualTo(BUDGET);
      assertThat(BUDGET - sent).isLessThanOrEqualTo(unknown);
      assertThat(refused).isPositive();
      // what failed for certain came back: others were let through in its place
      assertThat(failed).isPositive();
      assertThat(asked.get()).isGreaterThan(sent);
    }
    Folder.delete(data);
  }

  /** One in ten is refused by the other side, and so failed for certain. */
  private static Said answer(AtomicInteger asked, AtomicInteger spent) {
    if (asked.incrementAndGet() % 10 == 0) {
      return Said.json(400, "{}");
    }
    spent.incrementAndGet();
    return Said.json(200, "{}");
  }

  /** A caller whose node dies, or that is told to come back, sends again, to the other node. */
  private static String begin(Client node, Client other, int number) throws Exception {
    Client to = node;
    for (int tries = 1; tries <= 200; tries++) {
      try {
        Client.Reply reply = to.begin("spends", "id: c" + number);
        if (reply.status() != 503) {
          return "c" + number;
        }
      } catch (IOException e) {
        to = other;
      }
      Pause.of(Duration.ofMillis(250));
    }
    throw new AssertionError("caller " + number + " was never answered");
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
