package io.signalbox.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/** What only a sandbox has, under {@code /_sandbox}: what it received, and troubles to order. */
final class Controls {
  private final Journal journal;
  private final Disturbances disturbances;
  private final Routes routes;

  Controls(Journal journal, Disturbances disturbances) {
    this.journal = journal;
    this.disturbances = disturbances;
    this.routes =
        new Routes()
            .on("GET", "/received", "received", this::received)
            .on("GET", "/held", "held", _ -> held())
            .on("POST", "/delay", "delay", match -> delay(match.request().json()))
            .on("POST", "/release", "release", match -> release(match.request().json()))
            .on("POST", "/outage", "outage", match -> outage(match.request().json()))
            .on("POST", "/limit", "limit", match -> limit(match.request().json()));
  }

  Answer answer(Request request) {
    return routes
        .answer(request)
        .orElseGet(
            () ->
                wrong(
                    404,
                    "The sandbox knows GET received, GET held, POST delay, POST release, POST"
                        + " outage and POST limit."));
  }

  private Answer received(Routes.Match match) {
    ArrayNode all = journal.list();
    ObjectNode body = Json.object();
    ArrayNode items = body.putArray("items");
    for (JsonNode one : all) {
      if (fits(match.request(), one, "service") && fits(match.request(), one, "operation")) {
        items.add(one);
      }
    }
    return Answer.json(200, body);
  }

  private static boolean fits(Request request, JsonNode one, String field) {
    return request.parameter(field).map(one.path(field).asText()::equals).orElse(true);
  }

  private Answer held() {
    ObjectNode body = Json.object();
    ArrayNode items = body.putArray("items");
    disturbances
        .held()
        .forEach(
            hold ->
                items
                    .addObject()
                    .put("service", hold.service())
                    .put("operation", hold.operation()));
    return Answer.json(200, body);
  }

  private Answer delay(JsonNode order) {
    String service = order.path("service").asText();
    String operation = order.path("operation").asText();
    boolean forever = order.path("untilReleased").asBoolean(false);
    long millis = order.path("millis").asLong(0);
    if (service.isEmpty() || operation.isEmpty() || (!forever && millis <= 0)) {
      return wrong(
          400, "Say {\"service\", \"operation\"} and {\"millis\"} or {\"untilReleased\": true}.");
    }
    disturbances.hold(
        service, operation, forever ? Optional.empty() : Optional.of(Duration.ofMillis(millis)));
    return Answer.json(202, order);
  }

  private Answer release(JsonNode order) {
    int released = disturbances.release(order.path("drop").asBoolean(false));
    return Answer.json(200, Json.object().put("released", released));
  }

  private Answer outage(JsonNode order) {
    double seconds = order.path("seconds").asDouble(0);
    if (seconds <= 0) {
      return wrong(400, "Say {\"seconds\"} and, for one of them only, {\"service\"}.");
    }
    disturbances.outage(
        order.path("service").asText(""), Duration.ofMillis(Math.round(seconds * 1000)));
    return Answer.json(202, order);
  }

  private Answer limit(JsonNode order) {
    String service = order.path("service").asText();
    String operation = order.path("operation").asText();
    if (service.isEmpty() || operation.isEmpty()) {
      return wrong(400, "Say {\"service\", \"operation\", \"times\"?, \"retryAfter\"?}.");
    }
    disturbances.limit(
        service, operation, order.path("times").asInt(1), order.path("retryAfter").asInt(1));
    return Answer.json(202, order);
  }

  private static Answer wrong(int status, String detail) {
    return Answer.json(status, Json.object().put("status", status).put("detail", detail));
  }
}
