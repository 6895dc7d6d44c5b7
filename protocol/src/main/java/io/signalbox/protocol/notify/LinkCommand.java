package io.signalbox.protocol.notify;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** What the keeper of links can be asked; never leaves the node. */
public sealed interface LinkCommand {
  ActorRef<Reply> replyTo();

  /** What this token opens. */
  record Open(String token, ActorRef<Reply> replyTo) implements LinkCommand {}

  /** The link was used; it opens nothing any more. */
  record Use(String token, String decision, ActorRef<Reply> replyTo) implements LinkCommand {}

  /** The answers. */
  sealed interface Reply {
    /**
     * The link is good.
     *
     * @param principal as whom it decides
     * @param argumentsHash of the arguments it is about
     */
    record Good(
        String tenant,
        String approval,
        String channel,
        String principal,
        List<String> roles,
        Optional<String> argumentsHash)
        implements Reply {
      public Good {
        roles = List.copyOf(roles);
      }
    }

    /** Somebody has decided with it; what they did. */
    record Used(String decision) implements Reply {}

    /** Its time is over. */
    record Expired() implements Reply {}

    /** Nobody made this link. */
    record Unknown() implements Reply {}

    /** The database is away. */
    record Away() implements Reply {}
  }
}
