package io.signalbox.runtime.view;

import static io.signalbox.runtime.view.Turns.called;
import static io.signalbox.runtime.view.Turns.settled;
import static io.signalbox.runtime.view.Turns.started;
import static io.signalbox.runtime.view.Turns.succeeded;
import static io.signalbox.runtime.view.Turns.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.view.ViewQuery.HistoryEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryEventsTest {
  private static final String ASK = "/do/0/ask";

  private static List<HistoryEvent> events(Fact... facts) {
    return new Turns()
        .turn(RunStatus.RUNNING, facts).all().stream()
            .flatMap(turn -> HistoryEvents.of(turn).stream())
            .toList();
  }

  @Test
  void aStartedTaskIsCreatedThenStartedUnderItsPointer() {
    List<HistoryEvent> events = events(started(), task(2, 1, ASK), Turns.completed(2, ASK));
    assertThat(events)
        .extracting(HistoryEvent::seq, HistoryEvent::type, HistoryEvent::task)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, "workflow.started", ""),
            org.assertj.core.groups.Tuple.tuple(2L, "task.created", ASK),
            org.assertj.core.groups.Tuple.tuple(3L, "task.started", ASK),
            org.assertj.core.groups.Tuple.tuple(4L, "task.completed", ASK));
  }

  @Test
  void dataHoldsTheOtherFieldsAndLeavesOutWhatIsAbsent() {
    List<HistoryEvent> events = events(started(), task(2, 1, ASK));
    assertThat(events.get(0).data().toString())
        .isEqualTo(
            "{\"workflow\":{\"namespace\":\"shop\",\"name\":\"order\",\"version\":\"1.0.0\"},"
                + "\"digest\":\"digest\",\"input\":{\"pet\":\"cat\"},\"labels\":{\"team\":\"Blue\"},"
                + "\"startedBy\":\"user:ada\",\"hidden\":false}");
    assertThat(events.get(1).data().toString())
        .isEqualTo("{\"id\":2,\"parent\":1,\"shape\":\"LEAF\"}");
    assertThat(events.get(2).data().toString()).isEqualTo("{\"id\":2,\"input\":{\"in\":1}}");
  }

  @Test
  void aCallTellsItsToolByNameAndRiskOnly() {
    HistoryEvent event = events(called(2, ASK, "r1-2", 1, CallKind.TOOL)).getFirst();
    assertThat(event.type()).isEqualTo("tool.called");
    assertThat(event.data().path("tool").toString())
        .isEqualTo("{\"name\":\"jira.create\",\"risk\":\"write\"}");
    assertThat(event.data().path("key").textValue()).isEqualTo("r1-2");
  }

  @Test
  void aMessageToAnAgentIsSentAndAFailedCallSaysSo() {
    Outcome failed = new Outcome.Failed("communication", 503, "away", Optional.empty());
    assertThat(
            events(
                called(2, ASK, "r1-2", 1, CallKind.AGENT),
                settled(2, ASK, "r1-2", failed),
                settled(2, ASK, "r1-2", succeeded(1))))
        .extracting(HistoryEvent::type)
        .containsExactly("message.sent", "tool.failed", "tool.returned");
  }

  @Test
  void retryingTheRunNamesTheTaskItWasAskedFor() {
    assertThat(events(new Fact.RunRetried("user:ada", Optional.of(ASK))).getFirst().task())
        .isEqualTo(ASK);
  }
}
