package io.signalbox.agents.hands.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.mcp.McpSessionCommand;
import io.signalbox.protocol.mcp.McpSessionCommand.ClientReply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/** The way to the sessions of MCP clients, wherever in the cluster they live. */
public interface SessionDoor {
  /** Runs that a session has begun are named after it. */
  Pattern RUN = Pattern.compile("(mcp-[0-9a-f]{32})\\.[0-9]{1,18}");

  /** Tells the session something, without an answer. */
  void tell(String entity, McpSessionCommand command);

  /** Asks the session's client; fails when time is up. */
  CompletionStage<ClientReply> ask(
      String entity, Optional<String> run, String method, JsonNode params, Duration patience);

  /** What the session's client can do; nothing where there is no such session. */
  CompletionStage<JsonNode> capabilities(String entity, Duration patience);

  /** The session of a run, if one has begun it. */
  static Optional<String> session(RunId run) {
    Matcher parts = RUN.matcher(run.id());
    return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
  }

  /** By the cluster's sharding. */
  static SessionDoor sharded(ActorSystem<?> system) {
    ClusterSharding sharding = ClusterSharding.get(system);
    return new SessionDoor() {
      @Override
      public void tell(String entity, McpSessionCommand command) {
        sharding.entityRefFor(McpSessionCommand.KEY, entity).tell(command);
      }

      @Override
      public CompletionStage<ClientReply> ask(
          String entity, Optional<String> run, String method, JsonNode params, Duration patience) {
        return sharding
            .entityRefFor(McpSessionCommand.KEY, entity)
            .<ClientReply>ask(
                to -> new McpSessionCommand.Ask(run, method, params, patience, to),
                patience.plusSeconds(5));
      }

      @Override
      public CompletionStage<JsonNode> capabilities(String entity, Duration patience) {
        return sharding
            .entityRefFor(McpSessionCommand.KEY, entity)
            .<McpSessionCommand.Reply>ask(McpSessionCommand.Abilities::new, patience)
            .thenApply(
                reply ->
                    reply instanceof McpSessionCommand.Reply.There there
                        ? there.capabilities()
                        : Json.object());
      }
    };
  }

  /** Nobody is there. */
  static SessionDoor closed() {
    return new SessionDoor() {
      @Override
      public void tell(String entity, McpSessionCommand command) {
        // nobody is there to hear it
      }

      @Override
      public CompletionStage<ClientReply> ask(
          String entity, Optional<String> run, String method, JsonNode params, Duration patience) {
        return CompletableFuture.failedStage(new IllegalStateException("there are no sessions"));
      }

      @Override
      public CompletionStage<JsonNode> capabilities(String entity, Duration patience) {
        return CompletableFuture.completedStage(Json.object());
      }
    };
  }
}
