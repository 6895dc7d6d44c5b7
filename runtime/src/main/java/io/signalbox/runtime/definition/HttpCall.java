package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.definition.Task;
import io.signalbox.runtime.expression.Expressions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code call: http}. */
final class HttpCall {
  static final String ADDRESS = "(?is)https?://[^\\s/].*";
  static final String EXPECTED =
      "must be a URI that begins with http:// or https://, or an expression ${ }";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final Set<String> POLICIES = Set.of("idempotent", "ask", "fail");

  private final Compilation in;

  HttpCall(Compilation in) {
    this.in = in;
  }

  /** Whether a task of this kind can authenticate, and so knows {@code $authorization}. */
  static boolean authenticates(Task task) {
    return task instanceof Task.Call call
        && (call.kind() == CallKind.HTTP || call.kind() == CallKind.OPENAPI);
  }

  Optional<Task> read(Place task, Names names) {
    Place with = task.at("with");
    if (!with.present()) {
      in.findings.fault(task, "a call of http needs 'with'");
      return Optional.empty();
    }
    if (!in.findings.object(with, "'with'")) {
      return Optional.empty();
    }
    in.findings.only(
        with,
        "a call of http",
        Set.of("method", "endpoint", "headers", "query", "body", "output", "redirect"));
    method(with, names);
    for (String pairs : List.of("headers", "query")) {
      pairs(with.at(pairs), names);
    }
    in.findings.template(with.at("body"), names);
    output(with);
    unknownOutcome(task);
    return in.endpoints
        .read(with, "a call of http", names, ADDRESS, EXPECTED)
        .map(endpoint -> ((ObjectNode) with.node().deepCopy()).<JsonNode>set("endpoint", endpoint))
        .map(arguments -> new Task.Call(CallKind.HTTP, arguments));
  }

  /** What a call gives, and whether it follows redirects: the same for http and openapi. */
  void output(Place with) {
    Place output = with.at("output");
    if (output.present() && !Set.of("raw", "content", "response").contains(output.text())) {
      in.findings.fault(output, "must be raw, content or response");
    }
    if (with.at("redirect").present() && !with.at("redirect").node().isBoolean()) {
      in.findings.fault(with.at("redirect"), "must be true or false");
    }
  }

  /** {@code metadata.signalbox.onUnknownOutcome}: what if nobody knows whether it took effect. */
  void unknownOutcome(Place task) {
    Place policy = task.at("metadata").at("signalbox").at("onUnknownOutcome");
    if (policy.present() && !POLICIES.contains(policy.text())) {
      in.findings.fault(
          policy, "must be idempotent (send again under the same key), ask (a person) or fail");
    }
  }

  private void method(Place with, Names names) {
    String method = in.findings.requiredText(with, "method", "a call of http");
    if (Expressions.isExpression(method)) {
      in.findings.expression(with.at("method"), names);
    } else if (!method.isEmpty() && !METHODS.contains(method.toUpperCase(Locale.ROOT))) {
      in.findings.fault(with.at("method"), "must be an HTTP method such as get or post");
    }
  }

  private void pairs(Place place, Names names) {
    if (!place.present()) {
      return;
    }
    if (place.node().isTextual()) {
      in.findings.expression(place, names);
    } else if (in.findings.object(place, "it")) {
      place
          .node()
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (!place.at(name).node().isTextual()) {
                  in.findings.fault(place.at(name), "must be a text; put it in quotes");
                }
              });
      in.findings.template(place, names);
    }
  }
}
