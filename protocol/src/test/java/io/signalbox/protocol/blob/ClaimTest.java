package io.signalbox.protocol.blob;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.signalbox.protocol.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimTest {
  private static final Claim CLAIM = new Claim("ab".repeat(32), 40_000);
  private static final ObjectMapper KEPT = KeptJson.MAPPER;

  /** As facts and messages hold values. */
  record Holder(JsonNode value, Optional<JsonNode> other) {}

  private static Holder through(Holder holder) throws Exception {
    return KEPT.readValue(KEPT.writeValueAsBytes(holder), Holder.class);
  }

  @Test
  void aClaimIsReadBackAsAClaim() throws Exception {
    Holder holder = new Holder(CLAIM.node(), Optional.of(Json.object().set("deep", CLAIM.node())));
    Holder back = through(holder);
    assertThat(back).isEqualTo(holder);
    assertThat(Claim.of(back.value())).contains(CLAIM);
    assertThat(Claim.of(back.other().orElseThrow().get("deep"))).contains(CLAIM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'~claim': 'DIGEST', 'bytes': 40000}",
        "{'~~claim': 'DIGEST', 'bytes': 40000}",
        "{'a': [{'~claim': 'DIGEST', 'bytes': 40000}], '~~~claim': 1}",
        "{'~claims': 1, '~': 2, 'claim': 3, '~clai': 4}",
        "{'~claim': {'~claim': 'DIGEST', 'bytes': 1}, 'bytes': 3}",
      })
  void whatOnlyLooksLikeAClaimStaysWhatItIs(String text) throws Exception {
    JsonNode likeness =
        JsonMapper.builder()
            .build()
            .readTree(text.replace("DIGEST", CLAIM.digest()).replace('\'', '"'));
    Holder holder = new Holder(likeness, Optional.of(CLAIM.node()));
    Holder back = through(holder);
    assertThat(back.value()).isEqualTo(likeness);
    assertThat(Checking.claims(back)).containsExactly(CLAIM);
  }

  @Test
  void anotherTreeKeepsTheClaim() throws Exception {
    JsonNode tree = Json.tree(new Holder(CLAIM.node(), Optional.empty()));
    assertThat(Claim.of(tree.get("value"))).contains(CLAIM);
    assertThat(Json.MAPPER.treeToValue(tree, Holder.class).value()).isEqualTo(CLAIM.node());
  }

  @Test
  void whatHasNoClaimIsWrittenAsBefore() throws Exception {
    JsonNode plain = Json.object().put("a", 1).set("b", Json.MAPPER.readTree("[1.50,null,{}]"));
    Holder holder = new Holder(plain, Optional.empty());
    assertThat(KEPT.writeValueAsString(holder)).isEqualTo(Json.MAPPER.writeValueAsString(holder));
    assertThat(through(holder)).isEqualTo(holder);
  }

  @Test
  void absentAndNullStayApart() throws Exception {
    assertThat(through(new Holder(Json.object().nullNode(), Optional.empty())).other()).isEmpty();
    Holder nothing = new Holder(Json.object().nullNode(), Optional.of(Json.object().nullNode()));
    assertThat(through(nothing)).isEqualTo(nothing);
  }
}
