package io.signalbox.boot.views;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.signalbox.boot.TestDatabase;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.runtime.wake.Waker;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Leave;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WakerClusterTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Config CLUSTER =
      ConfigFactory.parseString(
              """
              pekko.loglevel = WARNING
              pekko.actor.provider = cluster
              pekko.actor.allow-java-serialization = off
              pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              pekko.cluster.min-nr-of-members = 1
              pekko.cluster.jmx.multi-mbeans-in-same-jvm = on
              """)
          .withFallback(ConfigFactory.load());

  private final TestProbe<RunCommand> runs;
  private final ActorTestKit first = ActorTestKit.create("views", CLUSTER);
  private final ActorTestKit second = ActorTestKit.create("views", CLUSTER);

  WakerClusterTest() {
    runs = first.createTestProbe();
  }

  @Test
  void activeRunsArePingedAtTheStartAndAgainWhenANodeIsGone() throws Exception {
    write();
    try (Views views = new Views(DATABASE.database())) {
      views.reader();
      views.caughtUp();
      join(first.system());
      join(second.system());
      first
          .createTestProbe()
          .awaitAssert(
              PATIENCE,
              () ->
                  assertThat(Cluster.get(second.system()).selfMember().status())
                      .isEqualTo(MemberStatus.up()));
      sharded(first.system());
      sharded(second.system());
      Waker.start(first.system(), DATABASE.database(), Views.SETTINGS);
      Waker.start(second.system(), DATABASE.database(), Views.SETTINGS);
      assertThat(runs.receiveMessage(PATIENCE)).isEqualTo(new RunCommand.Wake(1));
      Cluster leaving = Cluster.get(second.system());
      leaving.manager().tell(Leave.create(leaving.selfMember().address()));
      assertThat(runs.receiveMessage(PATIENCE)).isEqualTo(new RunCommand.Wake(1));
    } finally {
      second.shutdownTestKit();
      first.shutdownTestKit();
    }
  }

  private void join(ActorSystem<?> system) {
    Cluster.get(system)
        .manager()
        .tell(Join.create(Cluster.get(first.system()).selfMember().address()));
  }

  private void sharded(ActorSystem<?> system) {
    ActorRef<RunCommand> probe = runs.ref();
    ClusterSharding.get(system)
        .init(
            Entity.of(
                RunCommand.KEY,
                _ ->
                    Behaviors.receiveMessage(
                        command -> {
                          probe.tell(command);
                          return Behaviors.same();
                        })));
  }

  private static void write() throws SQLException {
    Instant far = Instant.parse("2200-01-01T00:00:00Z");
    var _ =
        DATABASE
            .database()
            .now(
                connection -> {
                  Journal.write(connection, "t|a", 1, Journal.due(Journal.begin(), far));
                  return 0;
                });
  }
}
