package io.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.http.Served.Told;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestsTest {
  @Test
  void withoutAKnownKeyNothingIsServed() {
    HttpRequest.Builder none = HttpRequest.newBuilder(Served.BASE.resolve("/v1/runs"));
    Told told = Served.send(none);
    assertThat(told.status()).isEqualTo(401);
    assertThat(told.header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(told.header("Content-Type")).contains("application/problem+json");
    assertThat(Served.send(Served.to("/v1/runs").setHeader("Authorization", "Bearer no")).status())
        .isEqualTo(401);
    assertThat(Served.send(Served.to("/v1/runs").setHeader("Authorization", "Basic abc")).status())
        .isEqualTo(401);
  }

  @Test
  void onlyAdministratorsManageKeys() {
    assertThat(
            Served.send(Served.to("/v1/keys").setHeader("Authorization", "Bearer carol-key"))
                .status())
        .isEqualTo(403);
    Told made =
        Served.post(
            "/v1/keys",
            "{\"principal\":\"user:ada\",\"roles\":[\"dev\"]}",
            "Idempotency-Key",
            "key-1");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body().path("secret").asText()).isEqualTo("s3cret");
    Told again =
        Served.post(
            "/v1/keys",
            "{\"principal\":\"user:ada\",\"roles\":[\"dev\"]}",
            "Idempotency-Key",
            "key-1");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body().path("id").asText()).isEqualTo("k1");
    assertThat(again.body().has("secret")).isFalse();
    assertThat(Served.post("/v1/keys", "{\"principal\":\"ada\"}").status()).isEqualTo(422);
    assertThat(Served.with("DELETE", "/v1/keys/k9", "").status()).isEqualTo(404);
  }

  @Test
  void anUnknownPathIs404AndAWrongMethod405() {
    Told nowhere = Served.get("/v1/nowhere");
    assertThat(nowhere.status()).isEqualTo(404);
    assertThat(nowhere.body().path("instance").asText()).isEqualTo("/v1/nowhere");
    assertThat(Served.get("/v1/runs/a/nowhere").status()).isEqualTo(404);
    assertThat(Served.get("/v1/runs/").status()).isEqualTo(404);
    Told method = Served.with("PUT", "/v1/runs", "{}");
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.header("Allow")).isEqualTo("GET, POST");
  }

  @Test
  void malformedJsonIsToldWithItsPlace() {
    Told told = Served.post("/v1/runs", "{\"workflow\":\n  {]}");
    assertThat(told.status()).isEqualTo(400);
    assertThat(told.body().path("detail").asText()).contains("line 2, column");
    assertThat(Served.post("/v1/runs", "").status()).isEqualTo(400);
    assertThat(Served.post("/v1/runs", "{} {}").status()).isEqualTo(400);
    assertThat(Served.post("/v1/runs", "{\"a\":1,\"a\":2}").status()).isEqualTo(400);
    assertThat(Served.post("/v1/runs", "[".repeat(5000)).status()).isEqualTo(400);
    assertThat(Served.post("/v1/runs", "[]").status()).isEqualTo(422);
  }

  @Test
  void charactersThatAreNoTextAreRefusedWithTheirPlace() {
    Told told =
        Served.post(
            "/v1/runs",
            """
            {"workflow":{"namespace":"acme","name":"hello"},
             "input":{"a":["x\\u0000"],"b":"\\ud800","good":"\\ud83d\\ude82 \\\\u0000"}}""");
    assertThat(told.status()).isEqualTo(422);
    assertThat(told.body().path("errors").findValuesAsText("pointer"))
        .containsExactly("/input/a/0", "/input/b");
    assertThat(Served.get("/v1/runs?q=a%00b").status()).isEqualTo(400);
    assertThat(Served.get("/v1/workflows/acme/hello/1%00").status()).isEqualTo(404);
  }

  @Test
  void aSlashTooManyFitsNothing() {
    assertThat(Served.get("/v1//runs").status()).isEqualTo(404);
  }

  @Test
  void otherMediaTypesAreNotRead() {
    assertThat(Served.post("/v1/runs", "a=b", "Content-Type", "text/plain").status())
        .isEqualTo(415);
    assertThat(Served.post("/v1/runs", "{}", "Content-Encoding", "gzip").status()).isEqualTo(415);
  }

  /**
   * Only the head is sent: a client that is still sending when it is refused may miss the answer.
   */
  @Test
  void aBodyOver16MiBIsTooLargeBeforeItIsSent() throws IOException {
    HttpRequest request = Served.to("/v1/runs").build();
    StringBuilder head = new StringBuilder("POST /v1/runs HTTP/1.1\r\nHost: localhost\r\n");
    request
        .headers()
        .map()
        .forEach((name, values) -> head.append(name + ": " + values.getFirst() + "\r\n"));
    head.append("Content-Type: application/json\r\nContent-Length: 17825792\r\n\r\n");
    try (Socket socket = new Socket(request.uri().getHost(), request.uri().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(answer.readLine()).contains(" 413 ");
      assertThat(answer.lines().takeWhile(line -> !line.isEmpty()))
          .anyMatch(line -> line.contains("application/problem+json"));
    }
  }

  @Test
  void aBodyOfUnknownLengthIsTooLargeOnceItIsOver16MiB() {
    byte[] large = new byte[16 * 1024 * 1024 + 1];
    Told chunked =
        Served.send(
            Served.to("/v1/runs")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                .header("Content-Type", "application/json"));
    assertThat(chunked.status()).isEqualTo(413);
  }

  @Test
  void whatIsNotHttpGetsAProblemToo() throws IOException {
    assertThat(raw("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(raw("GET /v1/runs?limit=%zz HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
    assertThat(raw("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 414");
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(Served.BASE.getHost(), Served.BASE.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).contains("application/problem+json");
      return answer;
    }
  }

  @Test
  void anActorThatDoesNotAnswerIs503() {
    Served.WORLD.awake = false;
    Told told = Served.get("/v1/tools");
    Served.WORLD.awake = true;
    assertThat(told.status()).isEqualTo(503);
    assertThat(told.header("Retry-After")).isEqualTo("2");
    assertThat(told.body().path("detail").asText()).doesNotContain("Actor");
  }

  @Test
  void healthIsOpenToAll() {
    for (String what : new String[] {"live", "ready", "started"}) {
      Told told = Served.send(HttpRequest.newBuilder(Served.BASE.resolve("/health/" + what)));
      assertThat(told.status()).isEqualTo(200);
      assertThat(told.body().path("status").asText()).isEqualTo("up");
    }
    assertThat(Served.get("/health/ready").body().at("/checks/0/name").asText())
        .isEqualTo("database");
  }

  @Test
  void theGatewayDescribesItself() {
    assertThat(Served.get("/openapi.json").body().path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(Served.get("/metrics").raw().body()).startsWith("# metrics");
    Told front = Served.get("/");
    assertThat(front.header("Content-Type")).startsWith("text/html");
    assertThat(front.raw().body()).contains("/openapi.json");
    assertThat(
            Served.send(Served.to("/health/live").method("HEAD", BodyPublishers.noBody())).status())
        .isEqualTo(200);
  }

  @Test
  void theClusterIsTold() {
    Told told = Served.get("/v1/cluster");
    assertThat(told.status()).isEqualTo(200);
    assertThat(told.body().at("/members/0/status").asText()).isEqualTo("up");
    assertThat(told.body().path("leader").asText()).startsWith("pekko://");
    assertThat(told.body().path("shards").isArray()).isTrue();
  }
}
