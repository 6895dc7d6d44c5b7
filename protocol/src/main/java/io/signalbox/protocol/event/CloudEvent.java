package io.signalbox.protocol.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A CloudEvents 1.0 event; {@code source} and {@code id} together identify it. */
public record CloudEvent(
    String id,
    String source,
    String type,
    Optional<String> subject,
    Instant time,
    Optional<String> datacontenttype,
    Map<String, String> extensions,
    JsonNode data) {
  public CloudEvent {
    extensions = Map.copyOf(extensions);
  }

  /** The event in the structured JSON format of the CloudEvents specification. */
  public ObjectNode json() {
    ObjectNode node = Json.object();
    node.put("specversion", "1.0").put("id", id).put("source", source).put("type", type);
    subject.ifPresent(s -> node.put("subject", s));
    node.put("time", time.toString());
    datacontenttype.ifPresent(t -> node.put("datacontenttype", t));
    extensions.forEach(node::put);
    node.set("data", data);
    return node;
  }
}
