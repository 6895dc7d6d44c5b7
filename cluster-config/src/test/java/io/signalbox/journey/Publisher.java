package io.signalbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;

/** Publishes events as a system outside would. */
record Publisher(Client client) {
  static ObjectNode event(String id, String type, String data) throws Exception {
    ObjectNode event =
        Json.object().put("specversion", "1.0").put("id", id).put("source", "/j").put("type", type);
    event.set("data", Client.yaml(data));
    return event;
  }

  Client.Reply send(JsonNode event) throws Exception {
    String type = event.isArray() ? "cloudevents-batch" : "cloudevents";
    return client.send(
        "POST", "/v1/events", event.toString(), "Content-Type", "application/" + type + "+json");
  }

  /** Answers with how many had not been seen before. */
  int publish(String id, String type, String data) throws Exception {
    return send(event(id, type, data)).expect(202).json().path("fresh").asInt();
  }
}
