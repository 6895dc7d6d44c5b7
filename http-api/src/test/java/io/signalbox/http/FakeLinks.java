package io.signalbox.http;

import io.signalbox.protocol.notify.LinkCommand;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A keeper of links who knows none. */
final class FakeLinks {
  private FakeLinks() {}

  static Behavior<LinkCommand> create() {
    return Behaviors.receiveMessage(
        command -> {
          command.replyTo().tell(new LinkCommand.Reply.Unknown());
          return Behaviors.same();
        });
  }
}
