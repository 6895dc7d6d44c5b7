package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WatchTest {
  @Test
  void aBrokenStreamGoesOnWhereItWas() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    try (Answering server =
        new Answering()
            .at(
                "/v1/runs/r1/history",
                exchange -> {
                  asked.add(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
                  boolean first = asked.size() == 1;
                  write(
                      exchange,
                      first
                          ? event(1, "workflow.started") + event(2, "task.created")
                          : event(3, "tool.called") + event(4, "workflow.completed"),
                      first);
                })) {
      var result = server.run("watch", "r1", "--json");
      assertThat(result.exit()).isZero();
      assertThat(asked).containsExactly("0", "2");
      assertThat(result.out().lines()).hasSize(4);
      assertThat(result.out().lines().map(line -> Json.lenient(line).path("seq").asInt()))
          .containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void aFaultedRunExitsWithOne() throws Exception {
    try (Answering server =
        new Answering()
            .at(
                "/v1/runs/r1/history",
                exchange -> write(exchange, event(1, "workflow.faulted"), false))) {
      var result = server.run("watch", "r1");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).contains("workflow.faulted").doesNotContain("\u001b");
    }
  }

  private static String event(int seq, String type) {
    return "id: %d\nevent: %s\ndata: {\"seq\":%d,\"time\":\"2026-01-15T09:30:12Z\",\"type\":\"%s\",\"task\":\"/do/0/a\",\"data\":{}}\n\n"
        .formatted(seq, type, seq, type);
  }

  /** Broken off: promises more than it sends. */
  private static void write(HttpExchange exchange, String text, boolean brokenOff)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, brokenOff ? bytes.length + 100 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.getResponseBody().flush();
    if (brokenOff) {
      throw new IOException("the connection breaks here");
    }
    exchange.close();
  }
}
