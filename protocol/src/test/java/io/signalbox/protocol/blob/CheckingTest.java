package io.signalbox.protocol.blob;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.StartRun;
import io.signalbox.protocol.run.Usage;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckingTest {
  private static final int LIMIT = 1000;

  private static TextNode text(int length) {
    return TextNode.valueOf("x".repeat(length));
  }

  private static ArrayNode numbers(int count) {
    ArrayNode all = Json.MAPPER.createArrayNode();
    for (int i = 0; i < count; i++) {
      all.add(100_000 + i);
    }
    return all;
  }

  private static Checking.Checked<JsonNode> in(JsonNode value) {
    return Checking.in(value, LIMIT, Map.of());
  }

  private static <T> T back(Checking.Checked<T> checked) {
    Map<Claim, JsonNode> values = new HashMap<>();
    checked.blobs().forEach(blob -> values.put(blob.claim(), blob.value()));
    return Checking.out(checked.value(), values);
  }

  @Test
  void whatIsSmallStaysTheVeryObject() {
    JsonNode small = Json.object().put("a", "b");
    assertThat(in(small).value()).isSameAs(small);
    assertThat(in(small).blobs()).isEmpty();
  }

  @Test
  void aLargeFieldIsClaimedAndItsNeighboursStay() {
    ObjectNode value = Json.object().put("counter", 7);
    value.set("items", numbers(500));
    Checking.Checked<JsonNode> checked = in(value);
    assertThat(checked.value().path("counter").asInt()).isEqualTo(7);
    assertThat(Claim.of(checked.value().get("items"))).isPresent();
    assertThat(checked.blobs()).hasSize(1);
    assertThat(back(checked)).isEqualTo(value);
  }

  @Test
  void theSameValueIsTheSameBlobWhateverIsBesideIt() {
    ObjectNode one = Json.object().put("counter", 1);
    one.set("items", numbers(500));
    ObjectNode two = Json.object().put("counter", 2);
    two.set("items", numbers(500));
    assertThat(in(one).blobs()).isEqualTo(in(two).blobs());
  }

  @Test
  void aListOfManySmallThingsIsClaimedAsAWhole() {
    JsonNode list = numbers(500);
    Checking.Checked<JsonNode> checked = in(list);
    assertThat(Claim.of(checked.value())).isPresent();
    assertThat(back(checked)).isEqualTo(list);
  }

  @Test
  void ofManyMediumFieldsTheLargestAreClaimedAndTheSmallStayReadable() {
    ObjectNode arguments = Json.object().put("agent", "clerk").put("session", "s");
    int limit = 5000;
    for (String field : List.of("a", "b", "c")) {
      arguments.set(field, text(2000 + field.charAt(0)));
    }
    Checking.Checked<JsonNode> checked = Checking.in(arguments, limit, Map.of());
    assertThat(checked.value().path("agent").asText()).isEqualTo("clerk");
    assertThat(checked.value().path("session").asText()).isEqualTo("s");
    assertThat(checked.blobs()).hasSize(1);
    assertThat(Sizes.of(checked.value(), limit)).isLessThanOrEqualTo(limit);
    assertThat(back(checked)).isEqualTo(arguments);
  }

  @Test
  void aValueAtHandIsNotWeighedAgain() {
    JsonNode large = numbers(500);
    Claim claim = new Claim("0".repeat(64), 1);
    IdentityHashMap<JsonNode, Claim> known = new IdentityHashMap<>();
    known.put(large, claim);
    ObjectNode around = Json.object().set("items", large);
    Checking.Checked<JsonNode> checked = Checking.in(around, LIMIT, known);
    assertThat(checked.blobs()).isEmpty();
    assertThat(checked.value().get("items")).isEqualTo(claim.node());
  }

  @Test
  void whatIsKeptHoldsNoClaims() {
    ObjectNode mixed = Json.object().set("old", new Claim("1".repeat(64), 9).node());
    for (int i = 0; i < 200; i++) {
      mixed.put("field" + i, i);
    }
    for (Blob blob : in(mixed).blobs()) {
      assertThat(Checking.claims(blob.value())).isEmpty();
    }
    assertThat(Checking.claims(in(mixed).value())).contains(new Claim("1".repeat(64), 9));
  }

  @Test
  void messagesAreLookedThroughWhateverTheirShape() {
    RunId run = new RunId("t", "r");
    StartRun order =
        new StartRun(
            new WorkflowRef("n", "w", "1"), "d", text(5000), Map.of("a", "b"), "me", false);
    Checking.Checked<StartRun> started = Checking.in(order, LIMIT, Map.of());
    assertThat(Claim.of(started.value().input())).isPresent();
    assertThat(back(started)).isEqualTo(order);

    RunCommand.Performed performed =
        new RunCommand.Performed("k", 1, new Outcome.Succeeded(numbers(500), Usage.NONE));
    Checking.Checked<RunCommand.Performed> light = Checking.in(performed, LIMIT, Map.of());
    assertThat(Checking.claims(light.value())).hasSize(1);
    assertThat(back(light)).isEqualTo(performed);

    List<Optional<Map<String, JsonNode>>> nested =
        List.of(Optional.of(Map.of("x", text(5000))), Optional.empty());
    assertThat(Checking.claims(Checking.in(nested, LIMIT, Map.of()).value())).hasSize(1);
    assertThat(Checking.in(run, LIMIT, Map.of()).value()).isSameAs(run);
  }

  @Test
  void aClaimWithoutAValueAtHandStays() {
    JsonNode claim = new Claim("2".repeat(64), 9).node();
    assertThat(Checking.out(claim, Map.of(new Claim("3".repeat(64), 9), text(3)))).isEqualTo(claim);
    assertThat(Checking.claims(Set.of())).isEmpty();
  }

  @Test
  void sizesAreThoseOfTheTextWithinAFew() throws Exception {
    for (JsonNode node : List.of(text(5000), TextNode.valueOf("\u4e2d".repeat(2000)))) {
      long exact = Json.MAPPER.writeValueAsBytes(node).length;
      assertThat(Sizes.of(node, Long.MAX_VALUE)).isBetween(exact - 10, exact + 10);
    }
    long exact = Json.MAPPER.writeValueAsBytes(numbers(1000)).length;
    assertThat(Sizes.of(numbers(1000), Long.MAX_VALUE)).isBetween(exact, 2 * exact);
  }
}
