package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.audit.GateCommand;
import io.signalbox.protocol.run.RunCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;
import org.apache.pekko.http.javadsl.ServerBinding;

/** A real server on a free port of loopback, one for all tests of this JVM, and a client of it. */
final class Served {
  private static final Config CONFIG =
      ConfigFactory.parseString(
              """
              pekko.actor.provider = cluster
              pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              pekko.cluster.jmx.enabled = off
              pekko.loglevel = WARNING
              signalbox.http {
                port = 0
                patience = 1s
                wait-limit = 3s
                call-patience = 1s
                heartbeat = 400ms
                poll = 20ms
                poll-most = 60ms
                hooks {
                  github { type = github, secret = "It's a Secret to Everybody" }
                  chat { type = slack, secret = "8f742231b10e8888abcd99yyyzzz85a5" }
                  billing { type = standard, secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }
                }
              }
              """)
          .withFallback(ConfigFactory.load());

  static final ActorTestKit KIT = ActorTestKit.create("http", CONFIG);
  static final World WORLD = new World();
  static final HttpSettings SETTINGS = HttpSettings.from(CONFIG);
  static final HttpClient CLIENT = HttpClient.newHttpClient();
  static final URI BASE = start();

  private Served() {}

  private static URI start() {
    Cluster cluster = Cluster.get(KIT.system());
    TestProbe<SelfUp> up = KIT.createTestProbe();
    cluster.subscriptions().tell(Subscribe.create(up.ref(), SelfUp.class));
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    up.receiveMessage(Duration.ofSeconds(20));
    ClusterSharding sharding = ClusterSharding.get(KIT.system());
    sharding.init(
        Entity.of(RunCommand.KEY, it -> FakeRun.create(WORLD, RunId.parse(it.getEntityId()))));
    sharding.init(Entity.of(GateCommand.KEY, _ -> FakeGate.create(WORLD)));
    sharding.init(Entity.of(SessionCommand.KEY, it -> Fakes.session(it.getEntityId())));
    ServerBinding binding =
        HttpRoom.start(KIT.system(), SETTINGS, doors()).toCompletableFuture().join();
    return URI.create("http://127.0.0.1:" + binding.localAddress().getPort());
  }

  static Doors doors() {
    return new Doors(
        KIT.spawn(Fakes.catalog(WORLD)),
        KIT.spawn(Fakes.events(WORLD)),
        KIT.spawn(Fakes.views(WORLD)),
        KIT.spawn(Fakes.access()),
        KIT.spawn(Behaviors.ignore()),
        KIT.spawn(FakeLinks.create()),
        new FakeArchive(),
        new BlobsInMemory(),
        (_, _) -> Optional.empty(),
        () -> "# metrics\n",
        () -> List.of(new HealthCheck("database", true, "")));
  }

  /** An answer: its status, its headers and its body as JSON. */
  record Told(int status, HttpResponse<String> raw, JsonNode body) {
    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }
  }

  static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(BASE.resolve(path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer admin-key");
  }

  static Told get(String path) {
    return send(to(path).GET());
  }

  static Told post(String path, String json, String... headers) {
    return with("POST", path, json, headers);
  }

  static Told with(String method, String path, String json, String... headers) {
    HttpRequest.Builder request = to(path).method(method, BodyPublishers.ofString(json));
    request.header("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  static Told send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> raw = CLIENT.send(request.build(), BodyHandlers.ofString());
      boolean json = raw.headers().firstValue("Content-Type").orElse("").contains("json");
      return new Told(
          raw.statusCode(), raw, json ? Json.MAPPER.readTree(raw.body()) : NullNode.instance);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
