package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.http.wire.Bodies;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.event.CloudEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads CloudEvents 1.0 in binary, structured and batched content mode. */
final class CloudEvents {
  private static final int MOST = 1000;
  private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,40}");
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "specversion",
          "id",
          "source",
          "type",
          "subject",
          "time",
          "datacontenttype",
          "dataschema",
          "data",
          "data_base64");

  private CloudEvents() {}

  static List<CloudEvent> read(Call call, Instant now) {
    String type = call.mediaType();
    List<Fault> faults = new ArrayList<>();
    List<CloudEvent> events =
        switch (type) {
          case "application/cloudevents+json" -> List.of(event(call.json(), "", now, faults));
          case "application/cloudevents-batch+json" -> batch(call.json(), now, faults);
          default -> List.of(loose(call, type, now, faults));
        };
    if (!faults.isEmpty()) {
      Fault first = faults.getFirst();
      throw Problem.invalid(first.pointer() + " " + first.message(), faults);
    }
    return events;
  }

  private static List<CloudEvent> batch(JsonNode body, Instant now, List<Fault> faults) {
    if (!body.isArray()) {
      throw Problem.invalid("a batch is a JSON array of events");
    }
    if (body.size() > MOST) {
      throw Problem.invalid("a batch may hold at most " + MOST + " events");
    }
    List<CloudEvent> events = new ArrayList<>();
    for (int i = 0; i < body.size(); i++) {
      events.add(event(body.get(i), "/" + i, now, faults));
    }
    return events;
  }

  /** Binary mode where the headers say so; else JSON that looks like a structured event. */
  private static CloudEvent loose(Call call, String type, Instant now, List<Fault> faults) {
    if (call.header("ce-specversion").isPresent()) {
      return event(fromHeaders(call, type), "", now, faults);
    }
    if (type.equals("application/json") || type.isEmpty()) {
      return event(call.json(), "", now, faults);
    }
    throw Problem.unsupported(
        "send application/cloudevents+json, application/cloudevents-batch+json, or ce- headers");
  }

  private static ObjectNode fromHeaders(Call call, String type) {
    ObjectNode event = Json.object();
    call.request()
        .getHeaders()
        .forEach(
            header -> {
              String name = header.lowercaseName();
              if (name.startsWith("ce-")) {
                // percent-encoded, where a plus sign stands for itself
                String value = header.value().replace("+", "%2B");
                event.put(name.substring(3), URLDecoder.decode(value, StandardCharsets.UTF_8));
              }
            });
    if (!type.isEmpty()) {
      event.put("datacontenttype", type);
    }
    byte[] body = call.body().toArrayUnsafe();
    if (body.length > 0) {
      event.set("data", data(body, type));
    }
    return event;
  }

  /** JSON as it is, text as a string, anything else as base64. */
  private static JsonNode data(byte[] body, String type) {
    if (type.isEmpty() || Bodies.isJson(type)) {
      return Bodies.parse(body);
    }
    return TextNode.valueOf(
        type.startsWith("text/") || type.endsWith("xml")
            ? Bodies.text(body)
            : Base64.getEncoder().encodeToString(body));
  }

  private static CloudEvent event(JsonNode json, String at, Instant now, List<Fault> faults) {
    if (!json.isObject()) {
      faults.add(new Fault(at, "must be a JSON object"));
    }
    if (!json.path("specversion").asText("").equals("1.0")) {
      faults.add(new Fault(at + "/specversion", "must be \"1.0\""));
    }
    Map<String, String> extensions = new HashMap<>();
    for (Map.Entry<String, JsonNode> e : json.properties()) {
      String name = e.getKey();
      if (!ATTRIBUTES.contains(name) && !e.getValue().isNull()) {
        if (!EXTENSION.matcher(name).matches() || e.getValue().isContainerNode()) {
          faults.add(new Fault(at + "/" + name, "is not an attribute of CloudEvents 1.0"));
        }
        extensions.put(name, e.getValue().asText());
      }
    }
    optional(json, "dataschema", at, faults).ifPresent(s -> extensions.put("dataschema", s));
    return new CloudEvent(
        needed(json, "id", at, faults),
        needed(json, "source", at, faults),
        needed(json, "type", at, faults),
        optional(json, "subject", at, faults),
        time(json, at, now, faults),
        optional(json, "datacontenttype", at, faults),
        extensions,
        payload(json, at, faults));
  }

  private static String needed(JsonNode json, String name, String at, List<Fault> faults) {
    Optional<String> value = optional(json, name, at, faults);
    if (value.isEmpty() || value.get().length() > 1024) {
      faults.add(new Fault(at + "/" + name, "is required, as text of at most 1024 characters"));
    }
    return value.orElse("");
  }

  private static Optional<String> optional(
      JsonNode json, String name, String at, List<Fault> faults) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.textValue().isEmpty()) {
      faults.add(new Fault(at + "/" + name, "must be a string that is not empty"));
      return Optional.empty();
    }
    return Optional.of(value.textValue());
  }

  private static Instant time(JsonNode json, String at, Instant now, List<Fault> faults) {
    return optional(json, "time", at, faults)
        .map(
            text -> {
              try {
                return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
              } catch (DateTimeException _) {
                faults.add(new Fault(at + "/time", "must be an RFC 3339 time"));
                return now;
              }
            })
        .orElse(now);
  }

  private static JsonNode payload(JsonNode json, String at, List<Fault> faults) {
    JsonNode encoded = json.path("data_base64");
    if (encoded.isMissingNode() || encoded.isNull()) {
      return Optional.ofNullable(json.get("data")).orElse(NullNode.instance);
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(encoded.asText());
      return data(bytes, json.path("datacontenttype").asText("application/octet-stream"));
    } catch (IllegalArgumentException _) {
      faults.add(new Fault(at + "/data_base64", "is not base64"));
      return NullNode.instance;
    }
  }
}
