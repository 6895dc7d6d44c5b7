package io.signalbox.agents.model;

import io.signalbox.protocol.agent.ModelAnswer.Call;
import java.util.List;

/** One line of the conversation a model is shown. */
public sealed interface Line {
  /** What is asked of the agent. */
  record User(String text) implements Line {}

  /** What the agent said before, with the tools it wanted. */
  record Agent(String text, List<Call> calls) implements Line {
    public Agent {
      calls = List.copyOf(calls);
    }
  }

  /** What became of one of those tool calls. */
  record Tool(String callId, String tool, String text, boolean failed) implements Line {}
}
