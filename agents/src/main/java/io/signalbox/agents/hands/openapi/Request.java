package io.signalbox.agents.hands.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Bodies;
import io.signalbox.protocol.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.pekko.util.ByteString;

/** The request that an operation becomes with arguments; all that is wrong is told at once. */
public final class Request {
  private final Operation operation;
  private final JsonNode arguments;
  private final List<String> faults = new ArrayList<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<String> query = new ArrayList<>();
  private final List<String> cookies = new ArrayList<>();
  private final ObjectNode form = Json.object();
  private String path;
  private Optional<ByteString> body = Optional.empty();

  private Request(Operation operation, JsonNode arguments) {
    this.operation = operation;
    this.arguments = arguments;
    this.path = operation.path();
  }

  /**
   * Checks the arguments and writes them where they belong.
   *
   * @param hide takes secrets out of what is told to be wrong
   */
  public static Request of(Operation operation, JsonNode arguments, UnaryOperator<String> hide)
      throws Setback {
    var request = new Request(operation, arguments);
    for (var parameter : operation.parameters()) {
      request.take(parameter);
    }
    request.takeBody();
    if (!request.faults.isEmpty()) {
      throw Setback.failed(
          "validation",
          400,
          hide.apply(
              "the operation '%s' cannot be called so: %s"
                  .formatted(operation.id(), String.join("; ", request.faults))));
    }
    return request;
  }

  private void take(Parameter parameter) throws Setback {
    used.add(parameter.name());
    var given = arguments.path(parameter.name());
    if (given.isMissingNode() && parameter.required()) {
      given = parameter.otherwise().orElse(given);
    }
    if (given.isMissingNode() || given.isNull()) {
      if (parameter.required()) {
        faults.add(
            "/parameters/%s: is required (in %s)".formatted(parameter.name(), parameter.place()));
      }
      return;
    }
    var value = Values.fitted(given, parameter.schema(), parameter.type());
    var wrong = faults(parameter, value);
    wrong.forEach(it -> faults.add("/parameters/" + parameter.name() + ": " + it));
    if (wrong.isEmpty()) {
      write(parameter, value);
    }
  }

  private List<String> faults(Parameter parameter, JsonNode value) {
    if (!parameter.schemaAt().isEmpty()) {
      return operation.checks().faults(parameter.schemaAt(), value);
    }
    return parameter.schema().isEmpty()
        ? List.of()
        : operation.checks().faults(parameter.schema(), value);
  }

  private void write(Parameter parameter, JsonNode value) throws Setback {
    switch (parameter.place()) {
      case "path" ->
          path = path.replace("{" + parameter.name() + "}", Styles.path(parameter, value));
      case "query" -> query.addAll(Styles.query(parameter, value));
      case "header" -> headers.put(parameter.name(), List.of(Styles.plain(parameter, value)));
      case "cookie" -> cookies.add(parameter.name() + "=" + Styles.plain(parameter, value));
      case "form" ->
          form.set(
              parameter.name(),
              value.isArray() && !parameter.explode()
                  ? TextNode.valueOf(Styles.plain(parameter, value))
                  : value);
      default -> faults.add("/parameters/" + parameter.name() + ": in '" + parameter.place() + "'");
    }
  }

  private void takeBody() throws Setback {
    if (operation.body().isEmpty()) {
      unknown(rest());
      return;
    }
    var wanted = operation.body().get();
    JsonNode given = wanted.name().isEmpty() ? form : arguments.path(wanted.name());
    if (!wanted.name().isEmpty()) {
      used.add(wanted.name());
    }
    var rest = rest();
    if (given.isMissingNode() && !rest.isEmpty()) {
      given = rest;
    } else {
      unknown(rest);
    }
    if (given.isMissingNode() || (given == form && form.isEmpty())) {
      if (wanted.required()) {
        faults.add("/parameters/" + wanted.name() + ": is required (the body)");
      }
      return;
    }
    if (!wanted.schemaAt().isEmpty()) {
      operation
          .checks()
          .faults(wanted.schemaAt(), given)
          .forEach(it -> faults.add("/parameters/" + wanted.name() + ": " + it));
    }
    if (wanted.type().startsWith("multipart/")) {
      throw Document.broken("bodies of " + wanted.type() + " are not built");
    }
    headers.put("Content-Type", List.of(wanted.type()));
    body = Optional.of(Bodies.body(given, headers));
  }

  /** Arguments that no parameter takes. */
  private ObjectNode rest() {
    var rest = Json.object();
    arguments.properties().stream()
        .filter(it -> !used.contains(it.getKey()))
        .forEach(it -> rest.set(it.getKey(), it.getValue()));
    return rest;
  }

  private void unknown(ObjectNode rest) {
    rest.fieldNames()
        .forEachRemaining(
            name ->
                faults.add(
                    "/parameters/%s: there is no such parameter; there are %s"
                        .formatted(name, used.isEmpty() ? "none" : String.join(", ", used))));
  }

  /** The address with its query. */
  public String address() {
    return operation.server() + path + (query.isEmpty() ? "" : "?" + String.join("&", query));
  }

  /** All headers but those of authentication. */
  public Map<String, List<String>> headers() {
    if (!cookies.isEmpty()) {
      headers.put("Cookie", List.of(String.join("; ", cookies)));
    }
    if (!operation.accept().isEmpty()) {
      headers.putIfAbsent("Accept", List.of(String.join(", ", operation.accept())));
    }
    return headers;
  }

  public Optional<ByteString> body() {
    return body;
  }
}
