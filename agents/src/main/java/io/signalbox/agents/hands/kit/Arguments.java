package io.signalbox.agents.hands.kit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A call's arguments, already checked against the tool's schema. */
public record Arguments(JsonNode json) {
  /** A text that the schema requires. */
  public String text(String name) {
    return json.path(name).asText();
  }

  public Optional<String> ifText(String name) {
    return Optional.of(json.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  public long number(String name) {
    return json.path(name).asLong();
  }

  public int number(String name, int otherwise) {
    return json.path(name).asInt(otherwise);
  }

  public boolean flag(String name, boolean otherwise) {
    return json.path(name).asBoolean(otherwise);
  }

  public Optional<JsonNode> ifThere(String name) {
    return Optional.of(json.path(name)).filter(node -> !node.isMissingNode() && !node.isNull());
  }
}
