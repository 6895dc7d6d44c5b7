package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.signalbox.boot.TestDatabase;
import io.signalbox.journey.Outside.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two servers of one cluster: a freeze is obeyed by both in time, a link decides once. */
class TwoNodesJourney {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final GreenMail MAIL = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
  private static final Pattern LINK = Pattern.compile("(/v1/links/\\S+)");
  private static final List<ServerProcess> SERVERS = new ArrayList<>();
  private static final List<Client> NODES = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    MAIL.setUser("gate@example.com", "gate", "post-office");
    MAIL.start();
    Path data = Folder.make("pair");
    Path settings =
        Files.writeString(
            data.resolve("settings.conf"),
            """
            signalbox.runtime.notifications { look-interval = 100 ms, retry-shortest = 100 ms }
            signalbox.agents.hands.secrets.values.mail-password = "post-office"
            """);
    int port = 20_000 + new Random().nextInt(6_000) * 2;
    for (int node = 1; node <= 2; node++) {
      SERVERS.add(
          ServerProcess.start(
              data,
              "--port",
              Integer.toString(port),
              "--nodes",
              "2",
              "--node-index",
              Integer.toString(node),
              "--config",
              settings.toString(),
              "--db-url",
              LiveGateway.address(DATABASE)));
    }
    for (ServerProcess server : SERVERS) {
      NODES.add(server.ready());
    }
    Eventually.get(
        "two members",
        () -> NODES.getFirst().get("/v1/cluster").expect(200).json(),
        cluster -> cluster.path("members").size() == 2);
  }

  @AfterAll
  static void stop() throws Exception {
    for (ServerProcess server : SERVERS) {
      server.close();
    }
    MAIL.stop();
  }

  @Test
  void oneSingleUseLinkThatBothAreGivenAtOnceDecidesOnce() throws Exception {
    Client admin = NODES.getFirst();
    admin
        .put(
            "/v1/channels/mail",
            """
            kind: email
            people: [{address: olga@example.com, principal: 'user:olga', roles: [officer]}]
            config: {host: 127.0.0.1, port: %d, security: none, from: gate@example.com,
                     username: gate, password: mail-password}
            """
                .formatted(MAIL.getSmtp().getPort()))
        .expect(201);
    admin.deploy(
        "races",
        "do: [{sign: {call: approval, with: {title: Sign, approvers: ['role:officer'], notify: [mail]}}}]");
    for (int round = 1; round <= 5; round++) {
      String run = admin.start("races", "");
      int mails = round;
      Eventually.get("the mail", () -> MAIL.getReceivedMessages().length, sent -> sent == mails);
      Matcher link =
          LINK.matcher(String.valueOf(MAIL.getReceivedMessages()[round - 1].getContent()));
      assertThat(link.find()).isTrue();
      List<Integer> answers =
          atOnce(
              node ->
                  NODES
                      .get(node)
                      .as("")
                      .send(
                          "POST",
                          link.group(1),
                          node == 0 ? "decision=approve" : "decision=reject",
                          "Content-Type",
                          "application/x-www-form-urlencoded")
                      .status());
      assertThat(answers).as("one wins").containsOnlyOnce(200);
      assertThat(answers.stream().filter(it -> it == 409 || it == 410)).hasSize(1);
      assertThat(admin.completed(run).at("/output/decisions")).hasSize(1);
      assertThat(admin.run(run).at("/output/decision").asText())
          .isEqualTo(answers.getFirst() == 200 ? "approve" : "reject");
    }
  }

  private interface Try {
    int at(int node) throws Exception;
  }

  private static List<Integer> atOnce(Try what) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch go = new CountDownLatch(1);
      List<Future<Integer>> tries = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        int node = i;
        Callable<Integer> one =
            () -> {
              go.await();
              return what.at(node);
            };
        tries.add(threads.submit(one));
      }
      go.countDown();
      return List.of(tries.getFirst().get(), tries.getLast().get());
    }
  }

  @Test
  void whatIsFrozenStandsStillOnBothWithinTwoSecondsWithAllItStarted() throws Exception {
    AtomicInteger ticks = new AtomicInteger();
    try (Outside outside =
        Outside.open()
            .on(
                "/tick",
                _ -> {
                  ticks.incrementAndGet();
                  return Said.json(200, "{}");
                })) {
      Client admin = NODES.getFirst();
      admin
          .put(
              "/v1/tools/tick",
              "{kind: http, description: T, risk: read, config: {url: '%s/tick'}}"
                  .formatted(outside.url()))
          .expect(201);
      admin
          .put(
              "/v1/agents/ticker",
              "{model: scripted/t, tools: [tick], script: [{tool: tick}, {tool: tick}, {reply: ok}]}")
          .expect(201);
      String loop =
          """
          do:
            - forever:
                for: {each: n, in: '[range(10000)]'}
                do:
                  - use: %s
                  - rest: {wait: {milliseconds: 50}}
          """;
      admin
          .send(
              "POST",
              "/v1/workflows",
              "document: {dsl: '1.0.3', namespace: below, name: child, version: '1.0.0'}\n"
                  + loop.formatted("{call: tool, with: {tool: tick}}"),
              "Content-Type",
              "application/yaml")
          .expect(201);
      admin.deploy(
          "parent",
          "do: [{sub: {run: {workflow: {namespace: below, name: child, version: '1.0.0'}}}}]");
      admin.deploy("plain", loop.formatted("{call: tool, with: {tool: tick}}"));
      admin.deploy("asks", loop.formatted("{call: agent, with: {agent: ticker, message: go}}"));
      for (int i = 0; i < 4; i++) {
        // from either node; where a run lives, sharding decides
        for (String workflow : List.of("parent", "plain", "asks")) {
          NODES.get(i % 2).start(workflow, "");
        }
      }
      Eventually.get("all of them tick", ticks::get, it -> it > 200);
      // what began before its node knew the tool has failed already
      int faulted = faulted();
      String id =
          NODES
              .getLast()
              .post("/v1/freezes", "{scope: 'namespace:journey', reason: drill}")
              .expect(201)
              .json()
              .path("id")
              .asText();
      long frozen = System.nanoTime();
      int[] last = {ticks.get()};
      long[] moved = {frozen};
      Eventually.get(
          "five quiet seconds",
          () -> {
            int now = ticks.get();
            if (now != last[0]) {
              last[0] = now;
              moved[0] = System.nanoTime();
            }
            return System.nanoTime() - moved[0];
          },
          quiet -> quiet > 5_000_000_000L);
      double seconds = (moved[0] - frozen) / 1e9;
      System.getLogger("freeze")
          .log(System.Logger.Level.INFO, "the last call came " + seconds + " s after the freeze");
      assertThat(seconds).isLessThan(2.0);
      int stopped = ticks.get();
      NODES.getFirst().send("DELETE", "/v1/freezes/" + id, "").expect(204);
      Eventually.get("they go on", ticks::get, it -> it > stopped + 100);
      assertThat(faulted()).as("nothing fails because of a freeze").isEqualTo(faulted);
    }
  }

  private static int faulted() throws Exception {
    return NODES
        .getFirst()
        .get("/v1/runs?status=faulted&limit=100")
        .expect(200)
        .json()
        .path("items")
        .size();
  }
}
