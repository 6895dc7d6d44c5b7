package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.definition.Task;
import io.signalbox.runtime.expression.Expressions;
import java.util.Optional;
import java.util.Set;

/** Reads {@code call: openapi}; the document it names is only loaded when the call is made. */
final class OpenApiCall {
  private static final String ADDRESS = "(?is)(https?://[^\\s/].*|file:///.+)";
  private static final String EXPECTED =
      "must be a URI that begins with http://, https:// or file:///, or an expression ${ }";

  private final Compilation in;

  OpenApiCall(Compilation in) {
    this.in = in;
  }

  Optional<Task> read(Place task, Names names) {
    Place with = task.at("with");
    if (!with.present()) {
      in.findings.fault(task, "a call of openapi needs 'with'");
      return Optional.empty();
    }
    if (!in.findings.object(with, "'with'")) {
      return Optional.empty();
    }
    in.findings.only(
        with,
        "a call of openapi",
        Set.of("document", "operationId", "parameters", "authentication", "output", "redirect"));
    String operation = in.findings.requiredText(with, "operationId", "a call of openapi");
    if (Expressions.isExpression(operation)) {
      in.findings.expression(with.at("operationId"), names);
    }
    parameters(with.at("parameters"), names);
    in.http.output(with);
    in.http.unknownOutcome(task);
    Place document = with.at("document");
    if (!document.present() || !in.findings.object(document, "'document'")) {
      in.findings.fault(with, "a call of openapi needs 'document' with its 'endpoint'");
      return Optional.empty();
    }
    in.findings.only(document, "a document", Set.of("name", "endpoint"));
    ObjectNode arguments = with.node().deepCopy();
    in.authentications
        .read(with.at("authentication"), names)
        .ifPresent(it -> arguments.set("authentication", it));
    return in.endpoints
        .read(document, "a document", names, ADDRESS, EXPECTED)
        .map(
            endpoint -> {
              ((ObjectNode) arguments.get("document")).set("endpoint", endpoint);
              return new Task.Call(CallKind.OPENAPI, arguments);
            });
  }

  private void parameters(Place place, Names names) {
    if (!place.present()) {
      return;
    }
    boolean expression = place.node().isTextual() && Expressions.isExpression(place.text());
    if (!place.node().isObject() && !expression) {
      in.findings.fault(place, "must be an object of names and values, or an expression ${ }");
    } else {
      in.findings.template(place, names);
    }
  }
}
