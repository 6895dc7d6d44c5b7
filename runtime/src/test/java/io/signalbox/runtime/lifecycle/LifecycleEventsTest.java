package io.signalbox.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.Turn;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.run.WorkflowError;
import io.signalbox.runtime.lifecycle.LifecycleEvents.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LifecycleEventsTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  private static List<Told> told(Fact... facts) {
    Turn turn = new Turn(5, AT, "", List.of(facts), RunStatus.RUNNING, Optional.empty());
    return LifecycleEvents.of(
        "urn:x", new RunId("acme", "r1"), new WorkflowRef("ns", "order", "1.0.0"), turn);
  }

  private static List<String> types(Fact... facts) {
    return told(facts).stream().map(it -> it.event().id() + " " + it.type()).toList();
  }

  @Test
  void phasesOfARun() {
    WorkflowError error = WorkflowError.standard("runtime", 500, "T", "d", "/do/0/a");
    assertThat(
            types(
                new Fact.RunSuspended("ada", Optional.empty()),
                new Fact.RunResumed("ada"),
                new Fact.RunFaulted(error),
                new Fact.RunRetried("ada", Optional.empty()),
                new Fact.RunCancelled("ada", Optional.empty()),
                new Fact.RunCompleted(Json.object())))
        .containsExactly(
            "r1-5 workflow.suspended",
            "r1-5-status workflow.status-changed",
            "r1-6 workflow.resumed",
            "r1-6-status workflow.status-changed",
            "r1-7 workflow.faulted",
            "r1-7-status workflow.status-changed",
            "r1-8 workflow.resumed",
            "r1-8-status workflow.status-changed",
            "r1-9 workflow.cancelled",
            "r1-9-status workflow.status-changed",
            "r1-10 workflow.completed",
            "r1-10-status workflow.status-changed");
    Told faulted = told(new Fact.RunFaulted(error)).getFirst();
    assertThat(faulted.event().type()).isEqualTo("io.serverlessworkflow.workflow.faulted.v1");
    assertThat(faulted.event().data().path("name").asText()).isEqualTo("order-r1.ns");
    assertThat(faulted.event().data().at("/error/status").asInt()).isEqualTo(500);
    assertThat(faulted.event().data().path("faultedAt").asText()).isEqualTo(AT.toString());
    assertThat(faulted.event().subject()).contains("r1");
    assertThat(faulted.event().source()).isEqualTo("urn:x/acme");
  }

  @Test
  void aTaskIsCreatedAndStartedAndTheResultOfItsCallIsItsOutput() {
    List<Told> told =
        told(
            new Fact.TaskStarted(
                5,
                1,
                "/do/0/a",
                Fact.Shape.LEAF,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            new Fact.CallSettled(
                5,
                "/do/0/a",
                "r1-5",
                new Outcome.Succeeded(Json.object().put("n", 1), Usage.NONE),
                "answer"),
            new Fact.TaskCompleted(
                5, "/do/0/a", Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(told.stream().map(Told::type))
        .containsExactly(
            "task.created",
            "task.status-changed",
            "task.started",
            "task.status-changed",
            "task.completed",
            "task.status-changed");
    assertThat(told.get(4).event().data().at("/output/n").asInt()).isEqualTo(1);
    assertThat(told.get(4).event().data().path("workflow").asText()).isEqualTo("order-r1.ns");
    assertThat(told.get(5).event().data().path("status").asText()).isEqualTo("completed");
  }

  @Test
  void theRootIsNoTask() {
    assertThat(types(new Fact.TaskCancelled(1, "", "over"))).isEmpty();
  }

  private static LifecycleSettings settings(String overrides) {
    return LifecycleSettings.from(
        ConfigFactory.parseString(overrides)
            .withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve()
            .getConfig("signalbox.runtime.lifecycle-events"));
  }

  @Test
  void settingsHaveDefaultsAndCheckThemselves() {
    assertThat(settings("").sinks()).isEmpty();
    String at = "signalbox.runtime.lifecycle-events.";
    LifecycleSettings.Sink sink =
        settings(at + "sinks = [{name = a, endpoint = \"http://h/\", types = [\"task.*\", x]}]")
            .sinks()
            .getFirst();
    assertThat(sink.attempts()).isEqualTo(20);
    assertThat(sink.binary()).isFalse();
    assertThat(sink.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(sink.wants("task.started")).isTrue();
    assertThat(sink.wants("workflow.started")).isFalse();
    assertThat(sink.toString()).doesNotContain("headers");
    for (String wrong :
        List.of(
            "sinks = [{name = a, endpoint = \"ftp://h/\"}]",
            "sinks = [{name = a, endpoint = \"http://h/\", mode = loud}]",
            "sinks = [{name = a, endpoint = \"http://h/\", timeout = 1h}]",
            "sinks = [{name = a, endpoint = \"http://h/\"}, {name = a, endpoint = \"http://i/\"}]")) {
      assertThatThrownBy(() -> settings(at + wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
