package io.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.http.Served.Told;
import io.signalbox.protocol.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static String start(String id) {
    String body =
        "{\"workflow\":{\"namespace\":\"acme\",\"name\":\"hello\"},\"input\":{\"be\":\"running\"},"
            + "\"id\":\"ID\"}";
    assertThat(Served.post("/v1/runs", body.replace("ID", id)).status()).isEqualTo(201);
    return id;
  }

  @Test
  void pagesGoForwardFromTheCursor() {
    RunId run = new RunId("default", start("paged"));
    Served.WORLD.happened(run, "task.created");
    Served.WORLD.happened(run, "task.started");
    Told first = Served.get("/v1/runs/paged/history?limit=2");
    assertThat(first.body().path("items").findValuesAsText("seq")).containsExactly("1", "2");
    String next = first.body().path("nextCursor").asText();
    Told rest = Served.get("/v1/runs/paged/history?limit=2&after=" + next);
    assertThat(rest.body().at("/items/0/type").asText()).isEqualTo("task.started");
    assertThat(rest.body().has("nextCursor")).isFalse();
    assertThat(Served.get("/v1/runs/nobody/history").status()).isEqualTo(404);
    assertThat(Served.get("/v1/runs/paged/history?after=x").status()).isEqualTo(422);
  }

  @Test
  void theStreamTellsThePastThenThePresentAndEndsWithTheRun() throws Exception {
    RunId run = new RunId("default", start("streamed"));
    HttpResponse<InputStream> stream = open("/v1/runs/streamed/history", "");
    assertThat(stream.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(upTo(lines, "id: 1")).contains("event: workflow.started");
      // quiet for longer than the heartbeat
      assertThat(upTo(lines, ": still here")).isNotEmpty();
      Served.WORLD.happened(run, "task.created");
      assertThat(upTo(lines, "id: 2")).contains("event: task.created");
      Served.WORLD.happened(run, "workflow.completed");
      List<String> rest = lines.lines().toList();
      assertThat(rest).contains("id: 3", "event: workflow.completed");
    }
  }

  @Test
  void aReaderComesBackWhereItLeft() throws Exception {
    RunId run = new RunId("default", start("resumed"));
    Served.WORLD.happened(run, "task.created");
    Served.WORLD.happened(run, "workflow.completed");
    HttpResponse<InputStream> stream = open("/v1/runs/resumed/history", "2");
    String all = new String(stream.body().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(all).contains("id: 3\nevent: workflow.completed\ndata: {").doesNotContain("id: 2");
    assertThat(open("/v1/runs/resumed/history", "x").statusCode()).isEqualTo(422);
    assertThat(open("/v1/runs/nobody/history", "").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<InputStream> open(String path, String last)
      throws IOException, InterruptedException {
    var request = Served.to(path).header("Accept", "text/event-stream");
    if (!last.isEmpty()) {
      request.header("Last-Event-ID", last);
    }
    return Served.CLIENT.send(request.build(), BodyHandlers.ofInputStream());
  }

  /** Reads on to the wanted line and two further. */
  private static List<String> upTo(BufferedReader lines, String wanted) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.equals(wanted)) {
      line = lines.readLine();
    }
    return List.of(wanted, String.valueOf(lines.readLine()), String.valueOf(lines.readLine()));
  }
}
