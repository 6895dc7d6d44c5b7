package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.definition.Task;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.runtime.expression.ExpressionFailed;
import io.signalbox.runtime.expression.Expressions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The DSL's {@code call: http} and {@code call: openapi}: what they are called with, and what
 * happens when nobody knows whether they took effect. No value of a secret is known here: markers
 * stay in the arguments, and those that are the run's own are named in {@code secrets}.
 */
final class WebCalls {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

  private final Deciding turn;

  WebCalls(Deciding turn) {
    this.turn = turn;
  }

  void begin(Activation a, Task.Call task, Map<String, JsonNode> variables) {
    ObjectNode arguments =
        Expressions.evaluate(task.with(), a.input(), variables).<ObjectNode>deepCopy();
    boolean http = task.kind() == CallKind.HTTP;
    address(http ? arguments : arguments.withObject("/document"), a.input());
    authority(http ? arguments.path("endpoint") : arguments, a.input());
    authority(arguments.at("/document/endpoint"), a.input());
    Secrets.used(arguments, turn.state()).ifPresent(used -> arguments.set("secrets", used));
    String method = arguments.path("method").asText("get").toUpperCase(Locale.ROOT);
    turn.calls.dispatch(
        a,
        task.kind(),
        http ? method + " " + uri(arguments) : arguments.path("operationId").asText(),
        arguments,
        Optional.empty(),
        policy(a, http, method),
        turn.bounds.httpTimeout());
  }

  private static String uri(JsonNode parent) {
    JsonNode endpoint = parent.path("endpoint");
    return (endpoint.isTextual() ? endpoint : endpoint.path("uri")).asText();
  }

  /** Expands the template in {@code endpoint}, which is a text or has a {@code uri}. */
  private static void address(ObjectNode parent, JsonNode input) {
    JsonNode endpoint = parent.path("endpoint");
    if (endpoint instanceof ObjectNode object && object.path("uri").isTextual()) {
      object.put("uri", UriTemplate.expand(object.get("uri").textValue(), input));
    } else if (endpoint.isTextual()) {
      parent.put("endpoint", UriTemplate.expand(endpoint.asText(), input));
    } else {
      throw new ExpressionFailed("endpoint", "must give an address, but gave " + endpoint);
    }
  }

  /** Addresses within the authentication are templates as well. */
  private static void authority(JsonNode parent, JsonNode input) {
    for (JsonNode policy : parent.path("authentication")) {
      if (policy instanceof ObjectNode options && options.path("authority").isTextual()) {
        options.put("authority", UriTemplate.expand(options.get("authority").asText(), input));
      }
      if (policy.path("issuers") instanceof ArrayNode issuers) {
        for (int i = 0; i < issuers.size(); i++) {
          issuers.set(i, UriTemplate.expand(issuers.get(i).asText(), input));
        }
      }
    }
  }

  /** An operation's method is known only with its document: whoever has it is asked. */
  private OnUnknownOutcome policy(Activation a, boolean http, String method) {
    JsonNode declared = turn.step(a.task()).source().at("/metadata/signalbox/onUnknownOutcome");
    if (declared.isTextual()) {
      return OnUnknownOutcome.parse(declared.textValue());
    }
    if (!http) {
      return OnUnknownOutcome.PROBE;
    }
    return SAFE.contains(method) ? OnUnknownOutcome.IDEMPOTENT : OnUnknownOutcome.ASK;
  }
}
