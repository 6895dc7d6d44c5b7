package io.signalbox.agents.session;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.run.Outcome;

/** What a session does once its facts are stored; each may be repeated without harm. */
sealed interface SessionEffect {
  record AskModel(String key, int call) implements SessionEffect {}

  record RequestTool(RunId run, String key, ModelAnswer.Call call) implements SessionEffect {}

  record Answer(RunId run, String key, int attempt, Outcome outcome) implements SessionEffect {}

  /** Nobody wants what the model is working on any more. */
  record GiveUp(String key) implements SessionEffect {}
}
