package io.signalbox.runtime.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.access.Caller;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.judge.Question;
import io.signalbox.runtime.run.Begun;
import io.signalbox.runtime.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads from a run's journal which tool calls it wanted and how each was decided. Pure. */
final class PastCalls {
  private final String run;
  private final Map<Long, Call> calls = new LinkedHashMap<>();
  private final Map<Long, String> judged = new LinkedHashMap<>();
  private RunState state = RunState.UNSTARTED;

  private PastCalls(String run) {
    this.run = run;
  }

  /**
   * One call as it was decided when it was wanted first.
   *
   * @param was {@code allow}, {@code ask} or {@code deny}
   * @param rules those that led to it, as far as they are journalled
   */
  record Call(
      Question.Run run,
      String task,
      Optional<String> agent,
      String tool,
      JsonNode arguments,
      Instant at,
      String was,
      List<String> rules) {
    Call decided(String otherwise, List<String> by) {
      return new Call(run, task, agent, tool, arguments, at, otherwise, by);
    }
  }

  static List<Call> of(String run, List<Turn> turns) {
    PastCalls past = new PastCalls(run);
    for (Turn turn : turns) {
      RunState before = past.state;
      past.state = before.after(turn);
      // its first turn begins it; what it has drawn is what it had drawn before this one
      past.read(turn, before.begun().isPresent() ? before : past.state);
    }
    return new ArrayList<>(past.calls.values());
  }

  private void read(Turn turn, RunState known) {
    Optional<Begun> begun = known.begun();
    if (begun.isEmpty()) {
      return;
    }
    Question.Run about =
        new Question.Run(
            run,
            begun.get().workflow(),
            begun.get().caller().orElseGet(() -> Caller.named(begun.get().startedBy())),
            begun.get().labels(),
            known.usage());
    for (Fact fact : turn.facts()) {
      if (fact instanceof Fact.ToolRequested it) {
        Optional<String> agent = Optional.of(it.session().agent());
        calls.put(
            it.id(),
            new Call(
                about,
                it.task(),
                agent,
                it.tool(),
                it.arguments(),
                turn.at(),
                "allow",
                List.of(it.rule())));
      } else if (fact instanceof Fact.ToolRefused it) {
        Optional<String> agent = Optional.of(it.session().agent());
        calls.put(
            it.id(),
            new Call(
                about,
                it.task(),
                agent,
                it.tool(),
                it.arguments(),
                turn.at(),
                "deny",
                List.of(it.rule())));
      } else if (fact instanceof Fact.CallJudged it) {
        judged(it, about, begun.get(), turn.at());
      } else if (fact instanceof Fact.ApprovalRequested it && it.tool().isPresent()) {
        held(it, about, turn.at());
      } else if (fact instanceof Fact.CallDispatched it
          && it.kind() == CallKind.TOOL
          && it.attempt() == 1) {
        List<String> rules = Optional.ofNullable(judged.get(it.id())).stream().toList();
        calls.putIfAbsent(
            it.id(),
            new Call(
                about,
                it.task(),
                Optional.empty(),
                it.target(),
                it.arguments(),
                turn.at(),
                "allow",
                rules));
      }
    }
  }

  /** A refused call of a workflow's own is journalled without what it would have sent. */
  private void judged(Fact.CallJudged it, Question.Run about, Begun begun, Instant at) {
    judged.putIfAbsent(it.id(), it.rule());
    boolean direct =
        begun.workflow().namespace().equals("signalbox")
            && begun.workflow().name().equals("call-tool");
    if (it.verdict().equals("refused") && direct) {
      calls.putIfAbsent(
          it.id(),
          new Call(
              about,
              it.task(),
              Optional.empty(),
              it.tool(),
              begun.input().path("arguments"),
              at,
              "deny",
              List.of(it.rule())));
    }
  }

  /** Only the first question counts: those after it follow from the first answer. */
  private void held(Fact.ApprovalRequested it, Question.Run about, Instant at) {
    List<String> rules = it.terms().map(terms -> terms.rules()).orElseGet(List::of);
    Call known = calls.get(it.id());
    if (known == null) {
      calls.put(
          it.id(),
          new Call(
              about,
              it.task(),
              Optional.empty(),
              it.tool().orElseThrow(),
              it.arguments().orElseThrow(),
              at,
              "ask",
              rules));
    } else if (known.was().equals("allow")) {
      calls.put(it.id(), known.decided("ask", rules));
    }
  }
}
