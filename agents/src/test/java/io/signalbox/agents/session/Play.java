package io.signalbox.agents.session;

import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.agent.SessionFact;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.run.Outcome;
import java.util.List;

/** Plays a session without an actor: what is decided is stored at once, in rows. */
final class Play {
  private final SessionLoop loop = new SessionLoop(2);
  private SessionState state = SessionState.empty(Samples.SESSION);
  private SessionLoop.Decision last = SessionLoop.Decision.NOTHING;

  Play converse(SessionCommand.Converse message) {
    return store(loop.converse(state, message, Samples.NOW));
  }

  Play model(String key, int call, ModelAnswer answer) {
    var reply = new SessionCommand.ModelReplied(key, call, answer);
    return store(loop.modelReplied(state, reply, Samples.NOW));
  }

  Play tool(String key, String callId, Outcome outcome) {
    var settled = new SessionCommand.ToolSettled(key, callId, outcome);
    return store(loop.toolSettled(state, settled, Samples.NOW));
  }

  Play abandon(String key) {
    return store(loop.abandon(state, new SessionCommand.Abandon(key), Samples.NOW));
  }

  private Play store(SessionLoop.Decision decision) {
    last = decision;
    if (!decision.facts().isEmpty()) {
      boolean busy = true;
      state =
          state.after(
              JournalRow.of(new SessionTurn(Samples.NOW, state.digest(), decision.facts(), busy)));
    }
    return this;
  }

  SessionState state() {
    return state;
  }

  List<SessionFact> facts() {
    return last.facts();
  }

  List<String> factNames() {
    return last.facts().stream().map(fact -> fact.getClass().getSimpleName()).toList();
  }

  List<SessionEffect> effects() {
    return last.effects();
  }

  /** The only outcome the run is told by the last decision. */
  Outcome told() {
    return last.effects().stream()
        .filter(SessionEffect.Answer.class::isInstance)
        .map(effect -> ((SessionEffect.Answer) effect).outcome())
        .findFirst()
        .orElseThrow();
  }
}
