package io.signalbox.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.boot.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What SIGKILL must not take away, on real processes. */
class KilledNodeTest {
  private static final String DEFINITION =
      """
      document: { dsl: '1.0.0', namespace: test, name: patient, version: '1.0.0' }
      do:
        - rest: { wait: { seconds: SECONDS } }
        - finish: { set: { answer: '${ .question }' } }
      """;
  private static final String START =
      """
      {"workflow":{"namespace":"test","name":"patient"},"id":"ID","input":{"question":42}}
      """;

  private Path data = Path.of("unset");

  @BeforeEach
  void folder() throws IOException {
    data =
        Files.createTempDirectory(
            "signalbox-killed",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
  }

  @AfterEach
  void clean() throws IOException {
    if (EmbeddedPostgres.find(data).isPresent()) {
      EmbeddedPostgres.start(data).close(); // a killed node leaves its database running
    }
    TestDatabase.delete(data);
  }

  @Test
  void aRunGoesOnAfterItsOnlyNodeWasKilledAndStartedAgain() throws Exception {
    try (NodeProcess first = NodeProcess.start(data, "--port", "0").ready()) {
      deploy(first, 3);
      start(first, "r1");
      first.kill();
    }
    try (NodeProcess second = NodeProcess.start(data, "--port", "0").ready()) {
      JsonNode run = second.until("/v1/runs/r1", KilledNodeTest::completed);
      assertThat(run.at("/output/answer").asInt()).isEqualTo(42);
      second.until(
          "/v1/runs?status=completed", list -> list.at("/items/0/id").asText().equals("r1"));
    }
  }

  @Test
  void theRunsOfAKilledNodeGoOnElsewhere() throws Exception {
    String port = Integer.toString(freePorts());
    try (NodeProcess one = node(port, 1);
        NodeProcess two = node(port, 2);
        NodeProcess three = node(port, 3)) {
      one.ready();
      two.ready();
      three.ready();
      deploy(one, 5);
      for (int i = 0; i < 9; i++) {
        start(i % 2 == 0 ? one : two, "r" + i);
      }
      three.kill();
      for (int i = 0; i < 9; i++) {
        JsonNode run = two.until("/v1/runs/r" + i, KilledNodeTest::completed);
        assertThat(run.at("/output/answer").asInt()).isEqualTo(42);
      }
      one.until("/v1/cluster", cluster -> cluster.get("members").size() == 2);
    }
  }

  private NodeProcess node(String port, int index) throws IOException {
    return NodeProcess.start(
        data, "--port", port, "--nodes", "3", "--node-index", Integer.toString(index));
  }

  private static void deploy(NodeProcess node, int seconds) throws Exception {
    String definition = DEFINITION.replace("SECONDS", Integer.toString(seconds));
    HttpResponse<String> answer =
        node.send("POST", "/v1/workflows", "application/yaml", definition);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private static void start(NodeProcess node, String id) throws Exception {
    String order = START.replace("\"ID\"", "\"" + id + "\"");
    HttpResponse<String> answer = node.send("POST", "/v1/runs", "application/json", order);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private static boolean completed(JsonNode run) {
    return run.path("status").asText().equals("completed");
  }

  /** A port such that it and the next two are free just now. */
  private static int freePorts() throws IOException {
    for (int tries = 0; tries < 50; tries++) {
      try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          ServerSocket second = next(first, 1);
          ServerSocket third = next(first, 2)) {
        if (second.isBound() && third.isBound() && first.getLocalPort() < 60_000) {
          return first.getLocalPort();
        }
      }
    }
    throw new IOException("no three free ports in a row");
  }

  private static ServerSocket next(ServerSocket first, int step) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(
          new java.net.InetSocketAddress(
              InetAddress.getLoopbackAddress(), first.getLocalPort() + step));
    } catch (java.net.BindException e) {
      System.getLogger("ports").log(System.Logger.Level.DEBUG, "taken", e);
    }
    return socket;
  }
}
