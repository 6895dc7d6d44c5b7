package io.signalbox.http.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.mcp.McpSessionCommand.ClientReply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What servers ask in the middle of a request of the stateless revision: it is told as the result
 * of the request, and answered when the client sends it once more.
 */
final class Rounds {
  private final Map<String, Question> open = new LinkedHashMap<>();
  private int number;
  private Optional<JsonNode> finished = Optional.empty();

  private record Question(ObjectNode request, ActorRef<ClientReply> asker) {}

  void ask(String key, String method, JsonNode params, ActorRef<ClientReply> asker) {
    ObjectNode request = Json.object().put("method", method);
    request.set("params", params.isObject() ? params : Json.object());
    open.put(key, new Question(request, asker));
  }

  /** Hands on what is answered; whatever else is sent is nobody's. */
  void answer(JsonNode responses) {
    for (var response : responses.properties()) {
      Question question = open.remove(response.getKey());
      if (question != null) {
        question.asker().tell(new ClientReply(Optional.of(response.getValue()), Optional.empty()));
      }
    }
  }

  void forget(String key) {
    open.remove(key);
  }

  boolean waiting() {
    return !open.isEmpty();
  }

  /** The run, and how often its client was asked by now: a state that has been used is none. */
  String state(String run) {
    return run + "~" + number;
  }

  ObjectNode required(String run) {
    number++;
    Map<String, ObjectNode> requests = new LinkedHashMap<>();
    open.forEach((key, question) -> requests.put(key, question.request()));
    return Modern.inputRequired(state(run), requests);
  }

  /** The answer came while nobody was there to read it. */
  void keep(JsonNode response) {
    finished = Optional.of(response);
  }

  Optional<JsonNode> finished() {
    return finished;
  }
}
