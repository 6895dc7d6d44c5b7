package io.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.http.Served.Told;
import io.signalbox.protocol.event.CloudEvent;
import org.junit.jupiter.api.Test;

class EventRoutesTest {
  private static CloudEvent event(String id) {
    return Served.WORLD.events.stream().filter(e -> e.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void aStructuredEventActsOnce() {
    String body =
        """
        {"specversion":"1.0","id":"e1","source":"/t","type":"a.b","time":"2026-01-31T12:00:00+01:00",
         "tenantref":"x","data":{"n":1}}""";
    Told told = Served.post("/v1/events", body, "Content-Type", "application/cloudevents+json");
    assertThat(told.status()).isEqualTo(202);
    assertThat(told.body().path("fresh").asInt()).isEqualTo(1);
    Told again = Served.post("/v1/events", body, "Content-Type", "application/cloudevents+json");
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.body().path("fresh").asInt()).isZero();
    assertThat(event("e1").time()).hasToString("2026-01-31T11:00:00Z");
    assertThat(event("e1").extensions()).containsEntry("tenantref", "x");
  }

  @Test
  void aBatchIsTakenWholeOrNotAtAll() {
    String type = "application/cloudevents-batch+json";
    String good = "{\"specversion\":\"1.0\",\"id\":\"b1\",\"source\":\"/t\",\"type\":\"a\"}";
    Told bad = Served.post("/v1/events", "[" + good + ",{\"id\":7}]", "Content-Type", type);
    assertThat(bad.status()).isEqualTo(422);
    assertThat(bad.body().path("errors").findValuesAsText("pointer"))
        .contains("/1/specversion", "/1/id", "/1/source", "/1/type");
    assertThat(Served.WORLD.events).noneMatch(e -> e.id().equals("b1"));
    String two = "[" + good + "," + good.replace("b1", "b2") + "]";
    assertThat(Served.post("/v1/events", two, "Content-Type", type).body().path("accepted").asInt())
        .isEqualTo(2);
  }

  @Test
  void aBinaryEventHasItsAttributesInHeaders() {
    Told told =
        Served.post(
            "/v1/events",
            "{\"n\":2}",
            "ce-specversion",
            "1.0",
            "ce-id",
            "e%203",
            "ce-source",
            "/t",
            "ce-type",
            "a.b");
    assertThat(told.status()).isEqualTo(202);
    assertThat(event("e 3").data().path("n").asInt()).isEqualTo(2);
    assertThat(event("e 3").datacontenttype()).contains("application/json");
  }

  @Test
  void whatIsNoEventIsRefused() {
    assertThat(Served.post("/v1/events", "{}").status()).isEqualTo(422);
    assertThat(Served.post("/v1/events", "hello", "Content-Type", "text/plain").status())
        .isEqualTo(415);
  }
}
