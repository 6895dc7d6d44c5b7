package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.run.Fact;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events for a run that is played in memory. */
record Hears(Play play) {
  static CloudEvent event(String id, String type, String data) {
    return event(id, type, data, Map.of());
  }

  static CloudEvent event(String id, String type, String data, Map<String, String> more) {
    Map<String, String> extensions = new HashMap<>(more);
    return new CloudEvent(
        id,
        Optional.ofNullable(extensions.remove("source")).orElse("https://test"),
        type,
        Optional.ofNullable(extensions.remove("subject")),
        Instant.parse("2026-01-01T00:00:00Z"),
        Optional.of("application/json"),
        extensions,
        Play.json(data));
  }

  Hears give(String id, String type, String data) {
    return give(event(id, type, data));
  }

  /** As the router would, to whatever the run subscribed to last. */
  Hears give(CloudEvent event) {
    play.give(new Stimulus.Delivered(subscription(), event));
    return this;
  }

  String subscription() {
    return play.facts(Fact.ListenStarted.class).getLast().subscription();
  }

  JsonNode output() {
    return play.output();
  }

  List<Effect> effects() {
    return play.effects;
  }
}
