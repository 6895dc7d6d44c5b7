package io.signalbox.runtime.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.protocol.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @Test
  void objectsAndTextsAreDurations() {
    JsonNode units =
        Json.object()
            .put("days", 1)
            .put("hours", 2)
            .put("minutes", 3)
            .put("seconds", 4)
            .put("milliseconds", 5);
    assertThat(Durations.parse(units)).hasValue(Duration.parse("P1DT2H3M4.005S"));
    assertThat(Durations.parse(TextNode.valueOf("PT1.5S"))).hasValue(Duration.ofMillis(1500));
    assertThat(Durations.parse(TextNode.valueOf("P2D"))).hasValue(Duration.ofDays(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5 minutes", "P1Y", "P1W", "-PT1S", "P4000D", "PT999999999999H"})
  void whatIsNoDurationOrTooLongIsNone(String text) {
    assertThat(Durations.parse(TextNode.valueOf(text))).isEmpty();
  }

  @Test
  void unitsMustBeWholeAndKnown() {
    assertThat(Durations.parse(Json.object())).isEmpty();
    assertThat(Durations.parse(Json.object().put("seconds", 1.5))).isEmpty();
    assertThat(Durations.parse(Json.object().put("seconds", -1))).isEmpty();
    assertThat(Durations.parse(Json.object().put("weeks", 1))).isEmpty();
    assertThat(Durations.parse(Json.object().put("days", Long.MAX_VALUE))).isEmpty();
  }
}
