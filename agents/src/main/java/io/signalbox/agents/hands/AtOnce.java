package io.signalbox.agents.hands;

import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries out on the caller's thread what needs nothing but a moment's thought and is neither
 * counted nor guarded; absent for all other orders, which are for {@link Hands}. Safe on any
 * thread.
 */
public final class AtOnce implements Function<Perform, Optional<Outcome>> {
  private volatile Optional<Toolbox> toolbox = Optional.empty();

  /** With the tools of this node's hands, as long as they are open. */
  void with(Optional<Toolbox> tools) {
    toolbox = tools;
  }

  @Override
  public Optional<Outcome> apply(Perform order) {
    return Toolbox.atOnce(order) && order.bill().isEmpty() && order.guards().isEmpty()
        ? toolbox.map(tools -> tools.carryOut(order))
        : Optional.empty();
  }
}
