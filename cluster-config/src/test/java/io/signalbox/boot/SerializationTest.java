package io.signalbox.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.signalbox.boot.config.Arguments;
import io.signalbox.boot.config.Configuration;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.Sent;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunReply;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.RunView;
import io.signalbox.protocol.run.StartRun;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages between nodes arrive as they were sent, under the very settings the gateway runs by. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SerializationTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.123456789Z");
  private final ActorTestKit kit = kit();

  private static ActorTestKit kit() {
    try {
      return ActorTestKit.create(
          "signalbox", Configuration.load(Arguments.parse(List.of()), Map.of()));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  void stop() {
    kit.shutdownTestKit();
  }

  List<Sent> messages() throws Exception {
    JsonNode json =
        Json.MAPPER.readTree(
            "{\"a\":null,\"n\":1,\"big\":12345678901234567890,\"d\":1.5,\"l\":[true,\"x\"],\"e\":{}}");
    ActorRef<RunReply> replyTo = kit.<RunReply>createTestProbe().ref();
    RunId run = new RunId("default", "r-1");
    WorkflowRef workflow = new WorkflowRef("ns", "flow", "1.0.0");
    Usage usage = new Usage(1, 2, 3, 4);
    ToolDefinition tool =
        new ToolDefinition(
            "jira.create",
            "builtin",
            "creates",
            json,
            Optional.empty(),
            Risk.WRITE,
            OnUnknownOutcome.PROBE,
            Duration.ofMillis(1_500),
            List.of("role:officer"),
            json);
    return List.of(
        new RunCommand.Start(
            new StartRun(workflow, "sha256:0", json, Map.of("k", "v"), "user:ada", false), replyTo),
        new RunCommand.Get(replyTo),
        new RunCommand.Wake(7),
        new RunCommand.Control(
            RunCommand.Verb.RETRY, "user:ada", Optional.empty(), Optional.of("/do/0/x"), replyTo),
        new RunCommand.Decide(
            "a-1",
            "approve",
            new Principal("default", "user:ada", Set.of("officer"), false),
            Optional.of("because"),
            Optional.of(Json.object().put("a", 1)),
            Optional.of("sha256:00"),
            Optional.of("slack:ops"),
            replyTo),
        new RunCommand.Handle(
            "a-1",
            RunCommand.Handling.DELEGATE,
            new Principal("default", "user:ada", Set.of("officer"), false),
            Optional.of("user:bob"),
            Optional.empty(),
            replyTo),
        new RunCommand.Deliver(
            "s-1",
            new CloudEvent(
                "1",
                "/x",
                "t",
                Optional.empty(),
                NOW,
                Optional.of("application/json"),
                Map.of("traceparent", "00"),
                NullNode.getInstance()),
            replyTo),
        new RunCommand.RequestTool(
            SessionId.parse("default|reviewer|s"), "r-1-3", "call_1", "jira.create", json),
        new RunCommand.Performed("r-1-3", 1, new Outcome.Succeeded(json, usage)),
        new RunCommand.Performed(
            "r-1-3",
            2,
            new Outcome.Failed(
                "communication", 503, "busy", Optional.of(Duration.ofMillis(2_500)))),
        new RunCommand.Performed("r-1-3", 3, new Outcome.Absent()),
        new Perform(
            run, "r-1-3", 1, Perform.Mode.PROBE, CallKind.TOOL, json, Optional.of(tool), NOW),
        new RunReply.Is(
            new RunView(
                "r-1",
                workflow,
                "sha256:0",
                RunStatus.WAITING,
                json,
                Optional.of(json),
                Optional.empty(),
                Map.of(),
                NOW,
                Optional.empty(),
                List.of(
                    new RunView.WaitingFor(
                        "approval", "/do/0/x", Optional.of("a-1"), Optional.of(NOW), "ok?")),
                List.of("/do/0/x"),
                usage)),
        new RunReply.Refused(new Refusal.TooBusy("away", Duration.ofSeconds(3))));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void arrivesAsItWasSent(Sent message) throws Exception {
    Serialization serialization = SerializationExtension.get(kit.system());
    byte[] bytes = serialization.serialize(message).get();
    var serializer = serialization.findSerializerFor(message);
    String manifest = Serializers.manifestFor(serializer, message);
    assertThat(serialization.deserialize(bytes, serializer.identifier(), manifest).get())
        .isEqualTo(message);
  }
}
