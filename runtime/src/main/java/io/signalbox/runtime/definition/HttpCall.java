package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.definition.Task;
import io.signalbox.runtime.expression.Expressions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code call: http}. */
final class HttpCall {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Compilation in;

  HttpCall(Compilation in) {
    this.in = in;
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
    Place output = with.at("output");
    if (output.present() && !Set.of("raw", "content", "response").contains(output.text())) {
      in.findings.fault(output, "must be raw, content or response");
    }
    if (with.at("redirect").present() && !with.at("redirect").node().isBoolean()) {
      in.findings.fault(with.at("redirect"), "must be true or false");
    }
    return endpoint(with, names)
        .map(endpoint -> ((ObjectNode) with.node().deepCopy()).<JsonNode>set("endpoint", endpoint))
        .map(arguments -> new Task.Call(CallKind.HTTP, arguments));
  }

  private void method(Place with, Names names) {
    String method = in.findings.requiredText(with, "method", "a call of http");
    if (Expressions.isExpression(method)) {
      in.findings.expression(with.at("method"), names);
    } else if (!method.isEmpty() && !METHODS.contains(method.toUpperCase(java.util.Locale.ROOT))) {
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

  private Optional<JsonNode> endpoint(Place with, Names names) {
    Place endpoint = with.at("endpoint");
    if (!endpoint.present()) {
      in.findings.fault(with, "a call of http needs 'endpoint'");
      return Optional.empty();
    }
    if (!endpoint.node().isObject()) {
      uri(endpoint, names);
      return Optional.of(endpoint.node());
    }
    in.findings.only(endpoint, "an endpoint", Set.of("uri", "authentication"));
    if (!endpoint.at("uri").present()) {
      in.findings.fault(endpoint, "an endpoint needs 'uri'");
    } else {
      uri(endpoint.at("uri"), names);
    }
    ObjectNode resolved = endpoint.node().deepCopy();
    authentication(endpoint.at("authentication"), names)
        .ifPresent(it -> resolved.set("authentication", it));
    return Optional.of(resolved);
  }

  private void uri(Place place, Names names) {
    String uri = in.findings.text(place).orElse("");
    if (Expressions.isExpression(uri)) {
      in.findings.expression(place, names);
    } else if (!uri.isEmpty() && !uri.matches("(?i)https?://[^\\s/].*")) {
      in.findings.fault(
          place, "must be a URI that begins with http:// or https://, or an expression ${ }");
    }
  }

  /** The policy written out, also where it is named. */
  private Optional<JsonNode> authentication(Place place, Names names) {
    if (!place.present() || !in.findings.object(place, "'authentication'")) {
      return Optional.empty();
    }
    Place policy = place;
    if (place.at("use").present()) {
      in.findings.only(place, "'authentication' with 'use'", Set.of("use"));
      if (in.findings.text(place.at("use")).isEmpty()) {
        return Optional.empty();
      }
      policy = in.use.resolve(place.at("use"), "authentications");
      if (!policy.present()) {
        return Optional.empty();
      }
    }
    return policy(policy, names);
  }

  /** An authentication policy, inline or declared under {@code use.authentications}. */
  Optional<JsonNode> policy(Place policy, Names names) {
    if (!policy.node().isObject() || policy.node().size() != 1) {
      in.findings.fault(policy, "must have one of basic and bearer");
      return Optional.empty();
    }
    String scheme = policy.node().fieldNames().next();
    Place options = policy.at(scheme);
    switch (scheme) {
      case "basic" -> credentials(options, names, Set.of("username", "password"));
      case "bearer" -> credentials(options, names, Set.of("token"));
      case "digest", "oauth2", "oidc" ->
          in.findings.notBuilt(options, scheme + " authentication is");
      default -> in.findings.fault(options, "there is no authentication '" + scheme + "'");
    }
    return Optional.of(policy.node());
  }

  private void credentials(Place options, Names names, Set<String> needed) {
    if (!in.findings.object(options, "it")) {
      return;
    }
    if (options.at("use").present()) {
      in.findings.notBuilt(options.at("use"), "authentication by secret is");
      return;
    }
    in.findings.only(options, "it", needed);
    needed.stream().sorted().forEach(name -> in.findings.requiredText(options, name, "it"));
    in.findings.template(options, names);
  }
}
