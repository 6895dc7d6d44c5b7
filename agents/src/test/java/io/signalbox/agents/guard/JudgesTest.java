package io.signalbox.agents.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.signalbox.agents.guard.injection.DetectorDown;
import io.signalbox.agents.hands.egress.Egress;
import io.signalbox.agents.hands.egress.EgressSettings;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.guard.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A classifier elsewhere is asked only where calls may go, and believed only if it is clear. */
class JudgesTest {
  private final AtomicInteger asked = new AtomicInteger();
  private volatile String answer = "";
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          try (var out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private ObjectNode options() {
    return Json.object().put("url", "http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private static Judges judges(boolean loopback) {
    Egress egress = new Egress(new EgressSettings(List.of("*"), List.of(), loopback, Set.of()));
    return new Judges(HttpClient.newHttpClient(), egress, Map.of());
  }

  @Test
  void aScoreAtTheThresholdIsAHit() throws Exception {
    answer = "{\"score\": 0.7, \"label\": \"rude words\"}";
    ObjectNode options = options().put("threshold", 0.7);
    assertThat(judges(true).find(options, Stage.INPUT, "text"))
        .singleElement()
        .satisfies(hit -> assertThat(hit.score()).isEqualTo(0.7));
    assertThat(judges(true).find(options.put("threshold", 0.71), Stage.INPUT, "text")).isEmpty();
  }

  @Test
  void nobodyInsideIsAskedUnlessTheOperatorAllowsIt() {
    answer = "{\"score\": 1}";
    assertThatThrownBy(() -> judges(false).find(options(), Stage.INPUT, "text"))
        .isInstanceOf(DetectorDown.class)
        .hasMessageContaining("egress");
    assertThat(asked).hasValue(0);
  }

  @Test
  void anAnswerThatIsTooLongOrUnclearIsNone() {
    answer = "{\"score\": 1, \"label\": \"" + "x".repeat(100_000) + "\"}";
    assertThatThrownBy(() -> judges(true).find(options(), Stage.INPUT, "text"))
        .isInstanceOf(DetectorDown.class);
    answer = "{\"score\": 7}";
    assertThatThrownBy(() -> judges(true).find(options(), Stage.INPUT, "text"))
        .isInstanceOf(DetectorDown.class)
        .hasMessageContaining("from 0 to 1");
  }
}
