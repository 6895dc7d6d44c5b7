package io.signalbox.agents.hands.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Perform;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarkerTest {
  @Test
  void theLocalTenantsKeysArePlainAndOthersAreToldApart() {
    assertThat(marker("default", "r1-7").text()).isEqualTo("r1-7");
    assertThat(marker("acme", "r1-7").text()).isEqualTo("r1-7@acme");
  }

  @Test
  void noKeyCanEndTheCommentItHidesIn() {
    assertThat(marker("default", "r --> <b>-7").asComment())
        .isEqualTo("<!-- signalbox:r%20--%3E%20%3Cb%3E-7 -->");
  }

  @Test
  void labelsAreBoundedFreeOfSpacesAndDistinct() {
    var one = marker("default", "r ä".repeat(100) + "-7").asLabel();
    var other = marker("default", "r ä".repeat(100) + "-8").asLabel();
    assertThat(one).matches("signalbox-[A-Za-z0-9._-]{1,100}").isNotEqualTo(other);
  }

  private static Marker marker(String tenant, String key) {
    return Marker.of(
        new Perform(
            new RunId(tenant, "r1"),
            key,
            1,
            Perform.Mode.SEND,
            CallKind.TOOL,
            Json.object(),
            Optional.empty(),
            Instant.EPOCH));
  }
}
