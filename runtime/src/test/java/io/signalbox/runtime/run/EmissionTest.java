package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.run.Fact;
import org.junit.jupiter.api.Test;

class EmissionTest {
  private static Play emitting(String with, String input) {
    return Play.of("- say: { emit: { event: { with: " + with + " } } }").start(input);
  }

  @Test
  void everyAttributeIsEvaluated() {
    Play play =
        emitting(
            "{ id: '${ .id }', source: 'https://m', type: '${ .type }', subject: s, time: '2026-01-01T02:00:00+02:00',"
                + " datacontenttype: text/plain, dataschema: 'https://s', n: '${ 7 }', none: '${ .gone }', data: '${ .id }' }",
            "{\"id\":\"i\",\"type\":\"t\"}");
    var event = play.facts(Fact.EventEmitted.class).getFirst().event();
    assertThat(event.json())
        .isEqualTo(
            Play.json(
                "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"https://m\",\"type\":\"t\",\"subject\":\"s\","
                    + "\"time\":\"2026-01-01T00:00:00Z\",\"datacontenttype\":\"text/plain\","
                    + "\"dataschema\":\"https://s\",\"n\":\"7\",\"data\":\"i\"}"));
  }

  @Test
  void withoutAnIdTheRunAndTheTaskAreItSoThatPublishingAgainIsHarmless() {
    Play play = emitting("{ source: 'https://m', type: t }", "{}");
    var event = play.facts(Fact.EventEmitted.class).getFirst().event();
    assertThat(event.id()).isEqualTo("r1-2");
    assertThat(event.time()).isEqualTo(play.now);
    assertThat(event.data().isNull()).isTrue();
    play.crash();
    assertThat(play.effects.stream().filter(e -> e instanceof Effect.Publish)).hasSize(1);
    assertThat(play.succeed("r1-2", 1, "{}").output().path("id").asText()).isEqualTo("r1-2");
  }

  @Test
  void whatIsNoCloudEventIsAFault() {
    for (String wrong :
        new String[] {
          "{ source: 'https://m', type: '${ .none }' }",
          "{ source: 'https://m', type: '${ {} }' }",
          "{ source: 'https://m', type: t, time: '${ \"yesterday\" }' }",
          "{ source: 'https://m', type: t, roomId: x }",
          "{ source: 'https://m', type: t, room: [x] }",
          "{ source: 'https://m', type: t, id: \"a\\0b\" }"
        }) {
      Play play = emitting(wrong, "{}");
      assertThat(play.view().error().orElseThrow().type()).as(wrong).endsWith("/validation");
    }
  }
}
