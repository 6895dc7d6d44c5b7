package io.signalbox.agents.hands.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.openapi.Refs.At;
import io.signalbox.protocol.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one operation of a document, in the words of its version. */
final class OperationReader {
  private static final Set<String> SCHEMA =
      Set.of(
          "type",
          "items",
          "enum",
          "default",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "uniqueItems",
          "multipleOf",
          "pattern");

  private final Document document;
  private final At item;
  private final String path;
  private final At operation;

  OperationReader(Document document, At item, String path, At operation) {
    this.document = document;
    this.item = item;
    this.path = path;
    this.operation = operation;
  }

  Operation read(String method) throws Setback {
    var declared = declared();
    var parameters = new ArrayList<Parameter>();
    var body = document.isTwo() ? Optional.<Operation.Body>empty() : requestBody();
    for (var at : declared.values()) {
      if (at.text("in").equals("body")) {
        body = Optional.of(bodyOfTwo(at));
      } else {
        parameters.add(parameter(at));
      }
    }
    return new Operation(
        operation.text("operationId"),
        method,
        new Servers(document).of(item.node(), operation.node()),
        path,
        parameters,
        body.or(() -> form(parameters)),
        accept(),
        document.checks());
  }

  /** The operation's own parameters count before those of its path. */
  private Map<String, At> declared() throws Setback {
    var all = new LinkedHashMap<String, At>();
    for (var owner : List.of(item, operation)) {
      var list = owner.at("parameters");
      for (int i = 0; i < list.node().size(); i++) {
        var at = document.refs().resolve(list.at(i));
        all.put(at.text("in") + " " + at.text("name"), at);
      }
    }
    return all;
  }

  private Parameter parameter(At at) throws Setback {
    var place = at.text("in").equals("formData") ? "form" : at.text("in");
    var content = at.at("content");
    boolean json = content.node().isObject() && !content.node().isEmpty();
    var schemaAt =
        json
            ? content.at(content.node().fieldNames().next()).at("schema")
            : document.isTwo() ? at : at.at("schema");
    var schema = schemaAt.node().isMissingNode() ? schemaAt : document.refs().resolve(schemaAt);
    var style =
        at.node()
            .path("style")
            .asText(place.equals("query") || place.equals("cookie") ? "form" : "simple");
    boolean explode = at.node().path("explode").asBoolean(style.equals("form"));
    if (document.isTwo()) {
      var format = at.node().path("collectionFormat").asText("csv");
      explode = format.equals("multi");
      style =
          switch (format) {
            case "ssv" -> "spaceDelimited";
            case "tsv" -> "tabDelimited";
            case "pipes" -> "pipeDelimited";
            default -> place.equals("query") || place.equals("form") ? "form" : "simple";
          };
    }
    if (document.isTwo()) {
      schema = new At("", plain(schema.node()));
    }
    var otherwise = schema.node().path("default");
    return new Parameter(
        at.text("name"),
        place,
        at.node().path("required").asBoolean(place.equals("path")),
        schema.node(),
        schema.node().isMissingNode() || document.isTwo() ? "" : schema.pointer(),
        style,
        explode,
        json,
        otherwise.isMissingNode() ? Optional.empty() : Optional.of(otherwise));
  }

  /** In 2.0 a parameter is its own schema, but for what else it says; files have none. */
  private static JsonNode plain(JsonNode parameter) {
    var schema = Json.object();
    parameter.properties().stream()
        .filter(it -> SCHEMA.contains(it.getKey()))
        .filter(_ -> !parameter.path("type").asText("").equals("file"))
        .forEach(it -> schema.set(it.getKey(), it.getValue()));
    return schema;
  }

  private Operation.Body bodyOfTwo(At at) throws Setback {
    var schema = document.refs().resolve(at.at("schema"));
    return new Operation.Body(
        at.text("name"),
        at.node().path("required").asBoolean(false),
        type(list("consumes"), "application/json"),
        schema.node().isMissingNode() ? "" : schema.pointer());
  }

  /** Form fields of 2.0 are one body. */
  private Optional<Operation.Body> form(List<Parameter> parameters) {
    return document.isTwo() && parameters.stream().anyMatch(it -> it.place().equals("form"))
        ? Optional.of(
            new Operation.Body(
                "", false, type(list("consumes"), "application/x-www-form-urlencoded"), ""))
        : Optional.empty();
  }

  private Optional<Operation.Body> requestBody() throws Setback {
    var at = operation.at("requestBody");
    if (at.node().isMissingNode()) {
      return Optional.empty();
    }
    var body = document.refs().resolve(at);
    var content = body.at("content");
    var types = new ArrayList<String>();
    content.node().fieldNames().forEachRemaining(types::add);
    var type = type(types, "application/json");
    var media = content.at(type);
    var schemaAt = media.at("schema");
    var schema = schemaAt.node().isMissingNode() ? schemaAt : document.refs().resolve(schemaAt);
    return Optional.of(
        new Operation.Body(
            "body",
            body.node().path("required").asBoolean(false),
            type,
            schema.node().isMissingNode() ? "" : schema.pointer()));
  }

  private static String type(List<String> offered, String otherwise) {
    return offered.stream()
        .filter(it -> it.matches("(?i)application/(.+\\+)?json(;.*)?"))
        .findFirst()
        .or(() -> offered.stream().filter(it -> !it.contains("*")).findFirst())
        .orElse(otherwise);
  }

  private List<String> accept() throws Setback {
    if (document.isTwo()) {
      return list("produces");
    }
    var responses = operation.at("responses");
    for (var status : responses.node().properties()) {
      if (status.getKey().startsWith("2") || status.getKey().equals("default")) {
        var response = document.refs().resolve(responses.at(status.getKey()));
        var types = new ArrayList<String>();
        response.node().path("content").fieldNames().forEachRemaining(types::add);
        if (!types.isEmpty()) {
          return types;
        }
      }
    }
    return List.of();
  }

  /** A list that the operation has, or the whole document. */
  private List<String> list(String name) {
    JsonNode own = operation.node().path(name);
    JsonNode all = own instanceof MissingNode ? document.root().path(name) : own;
    return all.valueStream().map(JsonNode::asText).toList();
  }
}
