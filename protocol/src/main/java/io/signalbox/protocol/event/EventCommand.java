package io.signalbox.protocol.event;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.EventFilter;
import java.util.List;
import java.util.Optional;
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

  /**
   * A run now listens: from the answer on, every event that one of the filters takes reaches it.
   * Takes the place of what the subscription wanted before.
   */
  record Subscribe(
      RunId run, String subscription, List<EventFilter> filters, ActorRef<Reply> replyTo)
      implements EventCommand {
    public Subscribe {
      filters = List.copyOf(filters);
    }
  }

  /** The run no longer listens. */
  record Unsubscribe(RunId run, String subscription) implements EventCommand {}

  /** Deliveries given up, newest first; {@code before} is the cursor of the page before. */
  record ListDeadLetters(String tenant, int limit, Optional<String> before, ActorRef<Reply> replyTo)
      implements EventCommand {}

  /** Tries a delivery again that was given up. */
  record Resend(String tenant, String id, ActorRef<Reply> replyTo) implements EventCommand {}

  /** The router's answers. */
  sealed interface Reply {
    /** {@code fresh} of the events had not been seen before. */
    record Accepted(int fresh) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}

    /** One page; {@code next} is absent on the last. */
    record DeadLetters(List<DeadLetter> items, Optional<String> next) implements Reply {
      public DeadLetters {
        items = List.copyOf(items);
      }
    }

    /** It is on its way again. */
    record Resent() implements Reply {}
  }
}
