package io.signalbox.protocol.event;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.EventFilter;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** What the node's event router can be told. */
public sealed interface EventCommand {
  /**
   * Publishes events to every run that listens and every workflow scheduled on them. The inbox rows
   * and deliveries are committed before the answer; the same source and id acts once.
   */
  record Publish(String tenant, List<CloudEvent> events, ActorRef<Reply> replyTo)
      implements EventCommand {
    public Publish {
      events = List.copyOf(events);
    }
  }

  /** A run now listens: from the answer on, every matching event reaches it. */
  record Subscribe(RunId run, String subscription, EventFilter filter, ActorRef<Reply> replyTo)
      implements EventCommand {}

  /** The run no longer listens. */
  record Unsubscribe(RunId run, String subscription) implements EventCommand {}

  /** The router's answers. */
  sealed interface Reply {
    /** {@code fresh} of the events had not been seen before. */
    record Accepted(int fresh) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }
}
