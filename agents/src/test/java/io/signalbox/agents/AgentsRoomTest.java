package io.signalbox.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.signalbox.agents.hands.quota.CurbsDoor;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.agent.SessionView;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.Usage;
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
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The room on a cluster of one node, with a run that a probe plays. */
class AgentsRoomTest {
  private static final Config CONFIG =
      ConfigFactory.parseString(
              """
              pekko.actor.provider = cluster
              pekko.actor.serialize-messages = on
              pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
              pekko.cluster.jmx.multi-mbeans-in-same-jvm = on
              """)
          .withFallback(PersistenceTestKitPlugin.config())
          .withFallback(PersistenceTestKitSnapshotPlugin.config())
          .withFallback(ConfigFactory.load());
  private final ActorTestKit kit = ActorTestKit.create("agents-room", CONFIG);

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aRunTalksToASessionThroughShardingAndIsAnswered() {
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    TestProbe<RunCommand> run = kit.createTestProbe(RunCommand.class);
    ClusterSharding sharding = ClusterSharding.get(kit.system());
    sharding.init(
        Entity.of(
            RunCommand.KEY,
            _ ->
                Behaviors.receiveMessage(
                    command -> {
                      run.getRef().tell(command);
                      return Behaviors.same();
                    })));
    var doors =
        AgentsRoom.start(
            kit.system(),
            AgentsSettings.from(CONFIG, Optional.empty()),
            new BlobsInMemory(),
            CurbsDoor.none(),
            new PseudonymsInMemory());
    assertThat(doors.builtins()).isNotEmpty();

    var id = new SessionId("default", "greeter", "a session with | and spaces");
    var session = sharding.entityRefFor(SessionCommand.KEY, id.text());
    session.tell(
        new SessionCommand.Converse(
            new RunId("default", "r1"), "r1-2", 1, greeter(), List.of(), "hello", Json.object()));
    var wanted = run.expectMessageClass(RunCommand.RequestTool.class, Duration.ofSeconds(20));
    assertThat(wanted.session()).isEqualTo(id);
    session.tell(
        new SessionCommand.ToolSettled(
            "r1-2", wanted.callId(), new Outcome.Succeeded(Json.object(), Usage.NONE)));
    var performed = run.expectMessageClass(RunCommand.Performed.class);
    assertThat(((Outcome.Succeeded) performed.outcome()).result().path("message").asText())
        .isEqualTo("hello to you");

    TestProbe<SessionView> views = kit.createTestProbe(SessionView.class);
    session.tell(new SessionCommand.Get(views.getRef()));
    assertThat(views.receiveMessage().transcript()).hasSize(4);
  }

  private static AgentDefinition greeter() {
    var script = Json.MAPPER.createArrayNode();
    script.addObject().put("tool", "look-around");
    script.addObject().put("reply", "{{message}} to you");
    return new AgentDefinition(
        "greeter",
        "",
        "",
        "",
        "scripted/greet",
        List.of(),
        Optional.empty(),
        AgentDefinition.Limits.STANDARD,
        Optional.of(script));
  }
}
