package io.signalbox.agents.model;

import io.signalbox.protocol.agent.ModelAnswer;

/**
 * Something that can be asked for the next words of an agent. Asking blocks, so it is done on a
 * virtual thread; it can be given up by interrupting that thread. Every failure is an answer.
 */
@FunctionalInterface
public interface Model {
  ModelAnswer ask(ModelRequest request);
}
