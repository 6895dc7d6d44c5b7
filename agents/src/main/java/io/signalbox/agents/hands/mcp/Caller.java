package io.signalbox.agents.hands.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelcontextprotocol.spec.McpError;
import io.signalbox.protocol.mcp.McpSessionCommand;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who is behind a connection: one client's session, or nobody who could be asked. */
final class Caller {
  private static final int NOT_FOUND = -32601;
  private static final int INTERNAL = -32603;

  private final Link link;
  private final SessionDoor sessions;
  private final Duration patience;
  private final Set<String> runs = new LinkedHashSet<>();

  Caller(Link link, SessionDoor sessions, Duration patience) {
    this.link = link;
    this.sessions = sessions;
    this.patience = patience;
  }

  synchronized void began(String run) {
    runs.add(run);
  }

  synchronized void ended(String run) {
    runs.remove(run);
  }

  synchronized boolean idle() {
    return runs.isEmpty();
  }

  /** A server does not say for which call it speaks; the latest that is under way is taken. */
  private synchronized Optional<String> latest() {
    return runs.stream().reduce((_, last) -> last);
  }

  /** Progress names its run; everything else belongs to the latest call. */
  private Optional<String> run(String method, JsonNode params) {
    return method.equals("notifications/progress")
        ? Optional.of(params.path("progressToken").asText())
        : method.equals("notifications/resources/updated") ? Optional.empty() : latest();
  }

  void tell(String method, JsonNode params) {
    link.entity()
        .ifPresent(
            it ->
                sessions.tell(it, new McpSessionCommand.Tell(run(method, params), method, params)));
  }

  CompletionStage<JsonNode> ask(String method, JsonNode params) {
    if (link.entity().isEmpty()) {
      return CompletableFuture.failedStage(
          error(NOT_FOUND, "there is no client behind this call that could answer " + method));
    }
    return sessions
        .ask(link.entity().get(), latest(), method, params, patience)
        .exceptionally(
            failure -> {
              throw error(INTERNAL, "the client did not answer: " + failure.getMessage());
            })
        .thenApply(
            reply -> {
              if (reply.result().isPresent()) {
                return reply.result().get();
              }
              JsonNode no = reply.error().orElseThrow();
              throw error(no.path("code").asInt(INTERNAL), no.path("message").asText());
            });
  }

  private static McpError error(int code, String message) {
    return McpError.builder(code).message(message).build();
  }
}
