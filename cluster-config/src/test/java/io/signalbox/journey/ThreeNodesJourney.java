package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.boot.TestDatabase;
import io.signalbox.journey.Outside.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Three servers on one database; what one of them carried goes on at the others when it is killed.
 */
class ThreeNodesJourney {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final int EACH = 8;

  private static ServerProcess node(Path data, int port, int index) throws Exception {
    return ServerProcess.start(
        data,
        "--port",
        Integer.toString(port),
        "--nodes",
        "3",
        "--node-index",
        Integer.toString(index),
        "--db-url",
        LiveGateway.address(DATABASE));
  }

  @Test
  void theRunsAndSessionsOfAKilledNodeGoOnElsewhere() throws Exception {
    Path data = Folder.make("three");
    int port = freePorts();
    CountDownLatch gate = new CountDownLatch(1);
    try (Outside outside = Outside.open().on("/slow", _ -> slowly(gate));
        ServerProcess one = node(data, port, 1);
        ServerProcess two = node(data, port, 2);
        ServerProcess three = node(data, port, 3)) {
      List<Client> nodes = List.of(one.ready(), two.ready(), three.ready());
      Client survivor = nodes.getFirst();
      Eventually.get(
          "three members",
          () -> survivor.get("/v1/cluster").expect(200).json(),
          cluster -> cluster.path("members").size() == 3);
      prepare(survivor, outside);
      List<String> runs = new ArrayList<>();
      for (Client node : nodes) {
        Eventually.get(
            "every node knows the workflows",
            () -> node.get("/v1/workflows/journey/talking").status(),
            status -> status == 200);
        for (int i = 0; i < EACH; i++) {
          runs.add(node.start("resting", "input: {n: " + runs.size() + "}"));
          runs.add(node.start("talking", "input: {n: " + runs.size() + "}"));
        }
      }
      Eventually.get(
          "agents at work",
          () -> outside.received("/slow").size(),
          calls -> calls >= EACH * nodes.size());
      three.kill();
      long killed = System.nanoTime();
      gate.countDown();
      for (String run : runs) {
        JsonNode ended = survivor.completed(run);
        assertThat(ended.path("output").toString()).contains("done");
        assertThat(survivor.tasks(run, "task.started")).doesNotHaveDuplicates();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(60));
      for (String run : runs) {
        Chain.isWhole(DATABASE, run);
      }
      Eventually.get(
          "two members",
          () -> survivor.get("/v1/cluster").expect(200).json(),
          cluster -> cluster.path("members").size() == 2);
    }
    Folder.delete(data);
  }

  private static Said slowly(CountDownLatch gate) throws InterruptedException {
    gate.await();
    return Said.json(200, "{\"found\":true}");
  }

  private static void prepare(Client client, Outside outside) throws Exception {
    client
        .put(
            "/v1/tools/slow",
            "{kind: http, description: Slow, risk: read, config: {url: '%s/slow'}}"
                .formatted(outside.url()))
        .expect(201);
    client
        .put(
            "/v1/agents/talker",
            "{model: scripted/x, tools: [slow], script: [{tool: slow}, {reply: done}]}")
        .expect(201);
    client.deploy(
        "resting",
        "do: [{rest: {wait: {seconds: 5}}}, {finish: {set: {state: done, n: '${ .n }'}}}]");
    client.deploy(
        "talking",
        """
        do:
          - talk:
              call: agent
              with: {agent: talker, message: Look, session: '${ "s-\\(.n)" }'}
        """);
  }

  /** A port such that it, the next two, and those for between the nodes are free just now. */
  private static int freePorts() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int tries = 0; tries < 100; tries++) {
      int port = 20_000 + random.nextInt(12_000);
      if (free(port, port + 1, port + 2, port + 10_000, port + 10_001, port + 10_002)) {
        return port;
      }
    }
    throw new IOException("no free ports, seed " + seed);
  }

  private static boolean free(int... ports) {
    for (int port : ports) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
