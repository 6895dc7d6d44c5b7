package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.blob.Blob;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.blob.Claim;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.pcollections.PMap;

class RunClaimsTest {
  private static final JsonNode LARGE =
      Json.object().put("n", 1).set("items", TextNode.valueOf("x".repeat(50_000)));

  private final Map<Claim, JsonNode> kept = new HashMap<>();
  private final RunClaims claims = new RunClaims("default", new Memory(kept));

  private record Memory(Map<Claim, JsonNode> kept) implements Blobs {
    @Override
    public int limit() {
      return 32 * 1024;
    }

    @Override
    public CompletionStage<?> keep(String tenant, Collection<Blob> blobs) {
      blobs.forEach(blob -> kept.put(blob.claim(), blob.value()));
      return CompletableFuture.completedStage(kept);
    }

    @Override
    public CompletionStage<Map<Claim, JsonNode>> fetch(String tenant, Set<Claim> claims) {
      return CompletableFuture.completedStage(Map.copyOf(kept));
    }
  }

  /** What a play journalled, folded with claims in place of what is large. */
  private RunEntity.Kept rest(List<Turn> turns) {
    RunEntity.Kept now = new RunEntity.Kept(RunState.UNSTARTED, "", false);
    for (Turn turn : turns) {
      RunClaims.Written written = claims.written(turn);
      claims.keep(written.keep());
      claims.kept(written.keep());
      Turn light = written.row().turn();
      now =
          new RunEntity.Kept(
              now.state().after(light),
              written.row().digest(),
              now.claimed() || light.claims().isPresent());
    }
    return now;
  }

  @Test
  void theWholeStateIsTheOneThatWasDecided() {
    Play play =
        Play.of(
            """
            - note: {set: {all: '${ . }'}, export: {as: '${ . }'}}
            - both:
                fork:
                  branches:
                    - a: {set: {a: '${ .all }'}}
                    - b: {wait: {hours: 1}}
            """);
    play.start(LARGE.toString());
    RunEntity.Kept resting = rest(play.turns);
    assertThat(resting.claimed()).isTrue();
    assertThat(resting.state()).isNotEqualTo(play.state);
    claims.rest();
    Set<Claim> missing = claims.missing(resting, List.of());
    assertThat(missing).hasSize(1);
    claims.take(kept);
    assertThat(claims.missing(resting, List.of())).isEmpty();
    assertThat(claims.whole(resting)).isEqualTo(play.state);
  }

  @Test
  void whatRestsIsSmallHoweverLargeTheValues() {
    Play play = Play.of("- note: {set: {all: '${ . }'}}\n- hold: {wait: {hours: 1}}");
    play.start(LARGE.toString());
    RunEntity.Kept resting = rest(play.turns);
    byte[] snapshot = new SnapshotSerializer().toBinary(RunSnapshot.of(resting));
    assertThat(snapshot.length).isLessThan(4000);
    assertThat(kept).hasSize(1);
  }

  @Test
  void aSnapshotIsReadBackWithItsClaims() throws Exception {
    Play play = Play.of("- hold: {wait: {hours: 1}}");
    play.start(LARGE.toString());
    RunEntity.Kept resting = rest(play.turns);
    SnapshotSerializer serializer = new SnapshotSerializer();
    RunSnapshot snapshot = RunSnapshot.of(resting);
    RunSnapshot back =
        (RunSnapshot)
            serializer.fromBinary(serializer.toBinary(snapshot), serializer.manifest(snapshot));
    assertThat(back.kept()).isEqualTo(resting);
  }

  @Test
  void aSmallTurnIsStoredAsItIs() {
    Play play = Play.of("- hold: {wait: {hours: 1}}");
    play.start("{\"a\": 1}");
    RunClaims.Written written = claims.written(play.turns.getFirst());
    assertThat(written.keep()).isEmpty();
    assertThat(written.row().turn()).isSameAs(play.turns.getFirst());
  }

  @Test
  void aValueAtHandIsNotKeptAgain() {
    Blob blob = Blob.of(LARGE.get("items"));
    claims.take(Map.of(blob.claim(), blob.value()));
    Turn turn =
        new Turn(
            1,
            java.time.Instant.EPOCH,
            "",
            List.of(new Fact.RunCompleted(Json.object().set("out", blob.value()))),
            RunStatus.COMPLETED,
            Optional.empty());
    RunClaims.Written written = claims.written(turn);
    assertThat(written.keep()).isEmpty();
    assertThat(written.row().turn().claims()).contains(List.of(blob.claim().digest()));
  }

  /** {@link RunClaims#whole} rebuilds each by itself; another one would be forgotten. */
  @Test
  void thePersistentMapsOfTheStateAreThoseThatAreRebuilt() {
    List<String> maps = new ArrayList<>();
    Arrays.stream(RunState.class.getRecordComponents())
        .filter(it -> PMap.class.isAssignableFrom(it.getType()))
        .forEach(it -> maps.add(it.getName()));
    assertThat(maps).containsExactly("live", "tools");
  }
}
