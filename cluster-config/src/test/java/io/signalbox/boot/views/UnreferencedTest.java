package io.signalbox.boot.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.boot.TestDatabase;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.blob.Blob;
import io.signalbox.protocol.blob.Claim;
import io.signalbox.protocol.blob.MissingBlob;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.blob.BlobSettings;
import io.signalbox.runtime.blob.BlobStore;
import io.signalbox.runtime.blob.Unreferenced;
import io.signalbox.runtime.storage.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnreferencedTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final BlobSettings SETTINGS =
      new BlobSettings(32 * 1024, 0, Duration.ofHours(1), Duration.ofMinutes(1), 2);

  private final Database database = DATABASE.database();
  private final BlobStore store = new BlobStore(database, SETTINGS);
  private final Views views = new Views(database);

  @BeforeEach
  void empty() throws SQLException {
    sql("truncate event_journal, entity_head, run_view, blob, blob_reference, wake cascade");
    sql("update view_offset set xid = '0', ordering = 0, entities = 0, fault = null");
  }

  @AfterEach
  void stop() {
    views.close();
  }

  private void sql(String sql) throws SQLException {
    database.now(
        connection -> {
          try (var statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  private Claim keep(String tenant, String text) {
    Blob blob = Blob.of(TextNode.valueOf(text));
    store.keep(tenant, List.of(blob)).toCompletableFuture().join();
    return blob.claim();
  }

  private void old() throws SQLException {
    sql("update blob set stored_at = now() - interval '2 hours'");
  }

  private int collect() throws SQLException {
    return database.now(connection -> Unreferenced.collect(connection, SETTINGS));
  }

  private boolean there(String tenant, Claim claim) {
    try {
      Map<Claim, JsonNode> found = store.fetch(tenant, Set.of(claim)).toCompletableFuture().join();
      return found.containsKey(claim);
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(MissingBlob.class);
      return false;
    }
  }

  /** A run's row that refers to a value. */
  private void refer(String run, Claim claim) throws SQLException {
    Turn turn =
        new Turn(
            1,
            Journal.BEGIN,
            "",
            List.of(
                Journal.started("order", Map.of(), false),
                new Fact.RunCompleted(Json.object().set("x", claim.node()))),
            RunStatus.COMPLETED,
            Optional.empty(),
            Optional.of(List.of(claim.digest())));
    database.now(
        connection -> {
          Journal.write(connection, run, 1, turn);
          return true;
        });
  }

  @Test
  void whatNothingRefersToGoesOnceItIsOldABatchAtATime() throws Exception {
    Claim young = keep("t", "young");
    assertThat(collect()).isZero();
    assertThat(there("t", young)).isTrue();
    keep("t", "second");
    keep("t", "third");
    old();
    assertThat(collect()).isEqualTo(2);
    assertThat(collect()).isEqualTo(1);
    assertThat(there("t", young)).isFalse();
  }

  @Test
  void whatAJournalRefersToStaysAndOnlyInItsTenant() throws Exception {
    Claim kept = keep("t", "kept");
    Claim other = keep("other", "kept");
    refer("t|r", kept);
    views.reader();
    views.caughtUp();
    old();
    assertThat(collect()).isEqualTo(1);
    assertThat(there("t", kept)).isTrue();
    assertThat(there("other", other)).isFalse();
  }

  @Test
  void nothingGoesWhileTheReferencesAreNotRead() throws Exception {
    Claim kept = keep("t", "kept");
    refer("t|r", kept); // written, as the row says, in 1970, and no reader has seen it
    old();
    assertThat(collect()).isZero();
    views.reader();
    views.caughtUp();
    assertThat(collect()).isZero();
    assertThat(there("t", kept)).isTrue();
    sql("update view_offset set fault = 'an entity is left out'");
    Claim loose = keep("t", "loose");
    old();
    assertThat(collect()).isZero();
    assertThat(there("t", loose)).isTrue();
  }

  @Test
  void whoStoresAnOldValueAgainMakesItYoung() throws Exception {
    Claim claim = keep("t", "again");
    old();
    keep("t", "again");
    assertThat(collect()).isZero();
    assertThat(there("t", claim)).isTrue();
  }

  @Test
  void aTenantCannotHaveTheValueOfAnother() {
    Claim claim = keep("t", "secret");
    assertThatThrownBy(() -> store.fetch("other", Set.of(claim)).toCompletableFuture().join())
        .hasCauseInstanceOf(MissingBlob.class);
  }
}
