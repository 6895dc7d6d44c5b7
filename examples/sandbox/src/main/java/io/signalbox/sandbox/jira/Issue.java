package io.signalbox.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.sandbox.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An issue as it is now.
 *
 * @param made the issue as it was created, with {@code id}, {@code key}, {@code self}, {@code
 *     fields}
 */
record Issue(JsonNode made, String status, Map<String, JsonNode> properties) {
  Issue {
    properties = Map.copyOf(properties);
  }

  String id() {
    return made.path("id").asText();
  }

  String key() {
    return made.path("key").asText();
  }

  String project() {
    return key().replaceFirst("-[0-9]+$", "");
  }

  String summary() {
    return made.at("/fields/summary").asText();
  }

  List<String> labels() {
    List<String> labels = new ArrayList<>();
    made.at("/fields/labels").forEach(label -> labels.add(label.asText()));
    return labels;
  }

  /** The issue with its current status, as the API shows it. */
  ObjectNode json() {
    ObjectNode fields = made.path("fields").deepCopy();
    fields.set("status", Workflow.status(status));
    ObjectNode json = Json.object();
    json.put("expand", "renderedFields,names,schema,operations,editmeta,changelog");
    json.put("id", id()).put("self", made.path("self").asText()).put("key", key());
    json.set("fields", fields);
    return json;
  }
}
