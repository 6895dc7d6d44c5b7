package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.runtime.judge.Judge;
import io.signalbox.runtime.judge.Question;
import io.signalbox.runtime.judge.Verdict;
import java.util.Set;

/** Puts what a run knows about a tool call before the judge. */
final class Judging {
  private final Deciding turn;

  Judging(Deciding turn) {
    this.turn = turn;
  }

  /**
   * The verdict over a call.
   *
   * @param agent that wants it; empty for a task of the workflow itself
   */
  Verdict verdict(String agent, String tool, JsonNode arguments) {
    return Judge.judge(question(agent, tool, arguments, Set.of()));
  }

  /**
   * The verdict over a call that was held back, once people have said yes to it.
   *
   * @param granted the rules whose questions they have answered for these very arguments
   */
  Verdict again(Activation a, String tool, JsonNode arguments, Set<String> granted) {
    return Judge.judge(question(agent(a), tool, arguments, granted));
  }

  /** The agent that wants the call; empty where the workflow does. */
  String agent(Activation a) {
    Activation above = a.asked().isPresent() ? turn.state().live().get(a.parent()) : null;
    return above != null && above.work() instanceof Work.Calling call ? call.target() : "";
  }

  /** What the judge is asked about a call: everything it may look at. */
  private Question question(String agent, String tool, JsonNode arguments, Set<String> granted) {
    Begun begun = turn.state().begun().orElseThrow();
    return new Question(
        turn.rules,
        agent.isEmpty() ? new Question.Asker.Workflow() : new Question.Asker.Agent(agent),
        new Question.Run(
            turn.run.id(),
            begun.workflow(),
            begun.startedBy(),
            begun.labels(),
            turn.state().usage()),
        tool,
        arguments,
        granted,
        turn.now);
  }
}
