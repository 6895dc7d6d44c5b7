package io.signalbox.http;

import io.signalbox.protocol.audit.GateCommand;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A gate that remembers what it was told. */
final class FakeGate {
  private FakeGate() {}

  static Behavior<GateCommand> create(World world) {
    return Behaviors.receiveMessage(
        command -> {
          if (command instanceof GateCommand.Enter it) {
            world.notes.add(it.note());
          }
          return Behaviors.same();
        });
  }
}
