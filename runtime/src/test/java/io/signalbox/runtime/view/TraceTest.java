package io.signalbox.runtime.view;

import static io.signalbox.runtime.view.Turns.called;
import static io.signalbox.runtime.view.Turns.completed;
import static io.signalbox.runtime.view.Turns.settled;
import static io.signalbox.runtime.view.Turns.started;
import static io.signalbox.runtime.view.Turns.succeeded;
import static io.signalbox.runtime.view.Turns.task;
import static io.signalbox.runtime.view.Turns.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.agent.SessionFact;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final String ASK = "/do/0/ask";

  @Test
  void anAgentsToolCallsLieBelowItsCallAndTheirUsageAddsUp() {
    Turns turns =
        new Turns()
            .turn(
                RunStatus.RUNNING,
                started(),
                task(2, 1, ASK),
                called(2, ASK, "r1-2", 1, CallKind.AGENT))
            .turn(
                RunStatus.RUNNING,
                wanted(5, 2, "jira.create"),
                called(5, ASK, "r1-5", 1, CallKind.TOOL))
            .turn(RunStatus.RUNNING, settled(5, ASK, "r1-5", succeeded(1)))
            .turn(
                RunStatus.COMPLETED,
                settled(2, ASK, "r1-2", succeeded(10)),
                completed(2, ASK),
                new Fact.RunCompleted(Turns.NOTHING));
    JsonNode root = trace(turns, false);
    assertThat(root.path("name").textValue()).isEqualTo("shop/order");
    assertThat(root.path("status").textValue()).isEqualTo("completed");
    assertThat(root.path("duration").textValue()).isEqualTo("PT3S");
    assertThat(root.at("/usage/inputTokens").longValue()).isEqualTo(11);
    JsonNode agent = root.at("/children/0/children/0");
    assertThat(agent.path("kind").textValue()).isEqualTo("agent");
    JsonNode tool = agent.at("/children/0");
    assertThat(tool.path("name").textValue()).isEqualTo("jira.create");
    assertThat(tool.path("duration").textValue()).isEqualTo("PT1S");
    assertThat(tool.at("/attributes/key").textValue()).isEqualTo("r1-5");
    assertThat(tool.path("children")).isEmpty();
  }

  @Test
  void aCallSentAgainIsOneSpanWithItsAttemptsAndProbes() {
    Turns turns =
        new Turns()
            .turn(
                RunStatus.RUNNING,
                started(),
                task(2, 1, ASK),
                called(2, ASK, "r1-2", 1, CallKind.TOOL))
            .turn(
                RunStatus.RUNNING,
                new Fact.CallUnknown(2, ASK, "r1-2", OnUnknownOutcome.PROBE, "node lost"),
                new Fact.CallProbed(2, ASK, "r1-2", 1, Turns.BEGIN))
            .turn(RunStatus.RUNNING, called(2, ASK, "r1-2", 2, CallKind.TOOL));
    JsonNode call = trace(turns, true).at("/children/0/children/0");
    assertThat(call.path("attempts").intValue()).isEqualTo(2);
    assertThat(call.at("/attributes/probes").intValue()).isEqualTo(1);
    assertThat(call.path("status").textValue()).isEqualTo("running");
    assertThat(call.has("end")).isFalse();
  }

  @Test
  void aTraceThatLeavesSomethingOutSaysSo() {
    Turns turns = new Turns().turn(RunStatus.RUNNING, started());
    assertThat(trace(turns, true).path("truncated").booleanValue()).isTrue();
    assertThat(trace(turns, false).has("truncated")).isFalse();
  }

  @Test
  void modelCallsLieBelowTheAgentsCallAndAreNotCountedTwice() {
    Turns turns =
        new Turns()
            .turn(
                RunStatus.RUNNING,
                started(),
                task(2, 1, ASK),
                called(2, ASK, "r1-2", 1, CallKind.AGENT));
    Trace trace = new Trace(Turns.RUN, turns.all());
    assertThat(trace.messages())
        .containsExactly(Map.entry("r1-2", new SessionId("default", "target", "r1-2")));
    Usage usage = new Usage(1, 7, 3, 1);
    ModelAnswer text = new ModelAnswer.Text("fine", Turns.NOTHING, usage);
    trace.tell(
        "r1-2",
        List.of(
            said(1, new SessionFact.ModelAsked("r1-2", 1)),
            said(3, new SessionFact.ModelReplied("r1-2", 1, text)),
            said(4, new SessionFact.ModelAsked("another", 1))));
    JsonNode root = trace.json(false);
    JsonNode agent = root.at("/children/0/children/0");
    assertThat(agent.path("children")).hasSize(1);
    assertThat(agent.at("/children/0/kind").textValue()).isEqualTo("model");
    assertThat(agent.at("/children/0/duration").textValue()).isEqualTo("PT2S");
    assertThat(root.at("/usage/inputTokens").longValue()).isEqualTo(7);
    turns.turn(
        RunStatus.RUNNING, settled(2, ASK, "r1-2", new Outcome.Succeeded(Turns.NOTHING, usage)));
    Trace settled = new Trace(Turns.RUN, turns.all());
    settled.tell("r1-2", List.of(said(3, new SessionFact.ModelReplied("r1-2", 1, text))));
    assertThat(settled.json(false).at("/usage/inputTokens").longValue()).isEqualTo(7);
  }

  private static SessionTurn said(int second, SessionFact fact) {
    return new SessionTurn(Turns.BEGIN.plusSeconds(second), "", List.of(fact), true);
  }

  private static JsonNode trace(Turns turns, boolean cut) {
    return new Trace(Turns.RUN, turns.all()).json(cut);
  }
}
