package io.signalbox.protocol.notify;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.approval.Channel;
import io.signalbox.protocol.run.ApprovalView;
import java.time.Instant;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A message to be brought to people, once; never leaves the node.
 *
 * @param id the same however often it is tried
 * @param person who is meant, where the channel reaches somebody in particular
 * @param shown the arguments or details, as much as goes into a message
 * @param link a page that decides, for this person alone
 * @param reference where the message about the question is, once there is one
 * @param leaseUntil nothing may be sent after this moment
 */
public record Errand(
    String id,
    Channel channel,
    Optional<Channel.Person> person,
    What what,
    ApprovalView approval,
    String shown,
    Optional<String> link,
    Optional<JsonNode> reference,
    Instant leaseUntil,
    ActorRef<Report> replyTo) {
  /** What the message says. */
  public enum What {
    /** Somebody is asked. */
    ASKED,
    /** Somebody is asked because nobody has answered yet. */
    ESCALATED,
    /** Nobody is asked any more. */
    SETTLED
  }

  /** What became of it. */
  public sealed interface Report {
    /** Taken; {@code reference} says where it is, if it can be changed later. */
    record Delivered(String id, Optional<JsonNode> reference) implements Report {}

    /** Not taken; {@code forGood} when trying again would not help. */
    record Failed(String id, String why, boolean forGood) implements Report {}
  }
}
