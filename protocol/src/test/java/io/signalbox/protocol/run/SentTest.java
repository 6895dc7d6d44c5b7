package io.signalbox.protocol.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.Sent;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.agent.SessionView;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What travels between nodes arrives as it left. */
class SentTest {
  private static final ActorSystem<Object> SYSTEM = ActorSystem.create(Behaviors.ignore(), "sent");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final RunId RUN = new RunId("default", "r1");

  @AfterAll
  static void stop() {
    SYSTEM.terminate();
  }

  private static void arrives(Sent message) {
    var serialization = SerializationExtension.get(SYSTEM);
    var serializer = serialization.findSerializerFor(message);
    byte[] bytes = serialization.serialize(message).get();
    String manifest = Serializers.manifestFor(serializer, message);
    assertThat(serialization.deserialize(bytes, serializer.identifier(), manifest).get())
        .isEqualTo(message);
  }

  private static ToolDefinition tool() {
    return new ToolDefinition(
        "t",
        "http",
        "",
        Json.object(),
        Optional.empty(),
        Risk.WRITE,
        OnUnknownOutcome.PROBE,
        Duration.ofSeconds(3),
        List.of("role:officer"),
        Json.object().put("method", "post"));
  }

  @Test
  void callsAndTheirOutcomes() {
    arrives(
        new Perform(
            RUN,
            "r1-4",
            2,
            Perform.Mode.PROBE,
            CallKind.TOOL,
            Json.object().put("n", 1),
            Optional.of(tool()),
            NOW));
    var result = Json.object().putNull("none").put("half", 0.5);
    arrives(new RunCommand.Performed("r1-4", 1, new Outcome.Succeeded(result, Usage.NONE)));
    var failed = new Outcome.Failed("timeout", 504, "late", Optional.of(Duration.ofSeconds(9)));
    arrives(new RunCommand.Performed("r1-4", 1, failed));
    arrives(new RunCommand.Performed("r1-4", 1, new Outcome.Unknown("lost")));
    arrives(new RunCommand.Performed("r1-4", 1, new Outcome.Absent()));
  }

  @Test
  void commandsWithAbsentAndNullValuesAndAddressees() {
    ActorRef<RunReply> replyTo = SYSTEM.narrow();
    arrives(new RunCommand.Get(replyTo));
    arrives(
        new RunCommand.Resolve("/do/0/a", "succeeded", Optional.empty(), "why", "ada", replyTo));
    arrives(
        new RunCommand.Resolve(
            "/do/0/a", "succeeded", Optional.of(NullNode.getInstance()), "why", "ada", replyTo));
    arrives(new RunCommand.Wake(7));
  }

  @Test
  void conversations() {
    var agent =
        new AgentDefinition(
            "a",
            "r",
            "g",
            "i",
            "openai/m",
            List.of("t"),
            Optional.empty(),
            AgentDefinition.Limits.STANDARD,
            Optional.empty());
    arrives(
        new SessionCommand.Converse(
            RUN, "r1-4", 1, agent, List.of(tool()), "hi", NullNode.getInstance()));
    arrives(new SessionCommand.ModelReplied("r1-4", 1, new ModelAnswer.Failed(503, "busy")));
    arrives(
        new RunCommand.RequestTool(
            new SessionId("default", "a", "s|1"), "r1-4", "m0001t001", "t", Json.object()));
    var entry =
        new SessionView.Entry(NOW, "user", "hi", Optional.empty(), Json.object().put("key", "k"));
    arrives(new SessionView("a", "s", "idle", List.of(entry), Usage.NONE));
  }

  @Test
  void aRunAsItsOwnerSeesIt() {
    var waiting =
        new RunView.WaitingFor("timer", "/do/0/a", Optional.empty(), Optional.of(NOW), "a moment");
    arrives(
        new RunReply.Is(
            new RunView(
                "r1",
                new WorkflowRef("ns", "w", "1.0.0"),
                "digest",
                RunStatus.WAITING,
                Json.object(),
                Optional.empty(),
                Optional.empty(),
                Map.of("team", "core"),
                NOW,
                Optional.empty(),
                List.of(waiting),
                List.of("/do/0/a"),
                Usage.NONE)));
  }
}
