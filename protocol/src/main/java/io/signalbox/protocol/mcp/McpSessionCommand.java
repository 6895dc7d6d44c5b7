package io.signalbox.protocol.mcp;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Sent;
import io.signalbox.protocol.access.Principal;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/**
 * What the session of an MCP client can be told, wherever in the cluster it lives. Its entity id is
 * {@code tenant|session}. Sessions are kept in memory only: one that its node took with it is
 * answered 404, and the client begins another.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "open", value = McpSessionCommand.Open.class),
  @JsonSubTypes.Type(name = "look", value = McpSessionCommand.Look.class),
  @JsonSubTypes.Type(name = "abilities", value = McpSessionCommand.Abilities.class),
  @JsonSubTypes.Type(name = "listen", value = McpSessionCommand.Listen.class),
  @JsonSubTypes.Type(name = "begin", value = McpSessionCommand.Begin.class),
  @JsonSubTypes.Type(name = "resume", value = McpSessionCommand.Resume.class),
  @JsonSubTypes.Type(name = "finish", value = McpSessionCommand.Finish.class),
  @JsonSubTypes.Type(name = "cancelled", value = McpSessionCommand.Cancelled.class),
  @JsonSubTypes.Type(name = "answered", value = McpSessionCommand.Answered.class),
  @JsonSubTypes.Type(name = "tell", value = McpSessionCommand.Tell.class),
  @JsonSubTypes.Type(name = "ask", value = McpSessionCommand.Ask.class),
  @JsonSubTypes.Type(name = "setLevel", value = McpSessionCommand.SetLevel.class),
  @JsonSubTypes.Type(name = "close", value = McpSessionCommand.Close.class),
})
public interface McpSessionCommand extends Sent {
  EntityTypeKey<McpSessionCommand> KEY = EntityTypeKey.create(McpSessionCommand.class, "mcp");

  /** Begins the session. */
  record Open(
      Principal by, String version, JsonNode capabilities, JsonNode client, ActorRef<Reply> replyTo)
      implements McpSessionCommand {}

  /** Whether it is there, and whose it is. */
  record Look(Principal by, ActorRef<Reply> replyTo) implements McpSessionCommand {}

  /** What its client can do. */
  record Abilities(ActorRef<Reply> replyTo) implements McpSessionCommand {}

  /** A stream for what the server has to say; after an event, the rest of that event's stream. */
  record Listen(Principal by, Optional<String> after, ActorRef<Frame> sink, ActorRef<Reply> replyTo)
      implements McpSessionCommand {}

  /**
   * A request that is carried out by a run, and the stream for all that belongs to it.
   *
   * @param progress the client's token for news of progress
   * @param essence what a retry of it must say as well, where it may be one
   */
  record Begin(
      Principal by,
      JsonNode request,
      Optional<JsonNode> progress,
      Optional<JsonNode> essence,
      ActorRef<Frame> sink,
      ActorRef<Reply> replyTo)
      implements McpSessionCommand {}

  /**
   * A request of the stateless revision once more, with the input that it needed.
   *
   * @param run that carries it out
   * @param state what it was told to come back with
   * @param responses by the keys of what was asked
   */
  record Resume(
      Principal by,
      String run,
      String state,
      JsonNode request,
      JsonNode essence,
      JsonNode responses,
      ActorRef<Frame> sink,
      ActorRef<Reply> replyTo)
      implements McpSessionCommand {}

  /** The response to a request that was begun; it is the last of its stream. */
  record Finish(String run, JsonNode response) implements McpSessionCommand {}

  /** The client does not want this request any more; answered with its run. */
  record Cancelled(Principal by, JsonNode request, ActorRef<Reply> replyTo)
      implements McpSessionCommand {}

  /** The client's response to a request of the server. */
  record Answered(Principal by, JsonNode response, ActorRef<Reply> replyTo)
      implements McpSessionCommand {}

  /** A notification for the client, in the stream of the request that this run carries out. */
  record Tell(Optional<String> run, String method, JsonNode params) implements McpSessionCommand {}

  /** A request to the client; answered with its response, or with an error of its own. */
  record Ask(
      Optional<String> run,
      String method,
      JsonNode params,
      Duration patience,
      ActorRef<ClientReply> replyTo)
      implements McpSessionCommand {}

  /** The least important level of log messages that the client wants. */
  record SetLevel(Principal by, String level, ActorRef<Reply> replyTo)
      implements McpSessionCommand {}

  /** Ends it. */
  record Close(Principal by, ActorRef<Reply> replyTo) implements McpSessionCommand {}

  /** The session's answers. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reply")
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "there", value = Reply.There.class),
    @JsonSubTypes.Type(name = "begun", value = Reply.Begun.class),
    @JsonSubTypes.Type(name = "gone", value = Reply.Gone.class),
    @JsonSubTypes.Type(name = "busy", value = Reply.Busy.class),
  })
  sealed interface Reply extends Sent {
    /** It is there, and speaks this version of the protocol with a client that can do this. */
    record There(String version, JsonNode capabilities) implements Reply {}

    /** The run of this id is to carry the request out. */
    record Begun(String run, String version, JsonNode capabilities) implements Reply {}

    /** There is no such session for this caller. */
    record Gone() implements Reply {}

    /** It has too much to do already. */
    record Busy(String why) implements Reply {}
  }

  /** A message of a stream, or its end. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "frame")
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "event", value = Frame.Event.class),
    @JsonSubTypes.Type(name = "end", value = Frame.End.class),
  })
  sealed interface Frame extends Sent {
    /** Without data it only gives the reader a place to go on from. */
    record Event(String id, Optional<JsonNode> data) implements Frame {}

    record End() implements Frame {}
  }

  /** What a client answered to a request of the server. */
  record ClientReply(Optional<JsonNode> result, Optional<JsonNode> error) implements Sent {}
}
