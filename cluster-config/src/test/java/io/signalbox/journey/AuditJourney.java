package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.runtime.audit.Offline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What happened can be found, proven and exported; what was tampered with is found out. */
class AuditJourney {
  @RegisterExtension
  static final LiveGateway GATEWAY =
      new LiveGateway(
          """
          signalbox.runtime.audit.gates.repeats = 1 s
          signalbox.runtime.retention { keep { cancelled = 1 s }, check-every = 1 s }
          """);

  @TempDir private Path folder;
  private final Client client = GATEWAY.client();

  private JsonNode found(String query) throws Exception {
    return Eventually.get(
            "the audit trail shows " + query,
            () -> client.get("/v1/audit?" + query).expect(200).json(),
            page -> !page.path("items").isEmpty())
        .path("items");
  }

  private void work(String name, int runs) throws Exception {
    client.deploy(
        name,
        """
        do:
          - one: {call: tool, with: {tool: echo, arguments: {text: hello}}}
          - two: {call: tool, with: {tool: echo, arguments: {text: again}}}
        """);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      ids.add(client.start(name, ""));
    }
    for (String id : ids) {
      client.completed(id);
    }
  }

  /** The newest checkpoint once nothing is left to be taken in. */
  private Path exported(String with) throws Exception {
    Eventually.get(
        "the ledger has taken everything in",
        () -> {
          try (Connection connection = Chain.open(GATEWAY.database());
              Statement statement = connection.createStatement();
              var row =
                  statement.executeQuery(
                      "select count(*) from event_journal j, view_offset p"
                          + " where (j.xid, j.ordering) > (p.xid, p.ordering)")) {
            row.next();
            return row.getLong(1);
          }
        },
        behind -> behind == 0);
    Path file = folder.resolve("checkpoint-" + with + ".jsonl");
    String query = with.isEmpty() ? "" : "?with=" + with;
    Files.writeString(
        file, client.get("/v1/audit/checkpoint" + query).expect(200).response().body());
    return file;
  }

  @Test
  void runsLoginsAdministrationAndRefusalsAreFound() throws Exception {
    work("searched", 1);
    String id = client.start("searched", "");
    client.completed(id);
    JsonNode calls = found("action=tool.call&run=" + id);
    assertThat(calls).hasSize(2);
    assertThat(calls.get(0).path("target").asText()).isEqualTo("echo");
    assertThat(calls.get(0).path("actor").asText()).isEqualTo("user:admin");
    assertThat(found("action=run.start&run=" + id)).hasSize(1);
    assertThat(found("action=login&actor=user:admin")).isNotEmpty();
    JsonNode deployed = found("action=workflows.post");
    assertThat(deployed.get(0).path("result").asText()).isEqualTo("done");
    client.post("/v1/keys", "{principal: 'service:weak', roles: [viewer]}").expect(201);
    assertThat(found("action=keys.post")).hasSize(1);
    assertThat(client.get("/v1/audit?from=2099-01-01T00:00:00Z").expect(200).json().path("items"))
        .isEmpty();
    JsonNode page = client.get("/v1/audit?limit=1").expect(200).json();
    assertThat(page.path("items")).hasSize(1);
    client.as("sbk_nobody").get("/v1/runs").problem(401);
    assertThat(found("actor=unknown&result=refused&action=login")).isNotEmpty();
    JsonNode next =
        client
            .get("/v1/audit?limit=1&cursor=" + page.path("nextCursor").asText())
            .expect(200)
            .json();
    assertThat(next.path("items").get(0)).isNotEqualTo(page.path("items").get(0));
  }

  @Test
  void aFloodOfRefusalsIsWrittenOnceAndCounted() throws Exception {
    String weak =
        client
            .post("/v1/keys", "{principal: 'user:eve', roles: [viewer]}")
            .expect(201)
            .json()
            .path("secret")
            .asText();
    for (int i = 0; i < 50; i++) {
      client.as(weak).get("/v1/audit").problem(403);
    }
    JsonNode refused =
        Eventually.get(
                "the flood is told as one",
                () -> client.get("/v1/audit?action=audit.get").expect(200).json().path("items"),
                items -> items.size() >= 2)
            .deepCopy();
    long count = 0;
    for (JsonNode item : refused) {
      assertThat(item.path("result").asText()).isEqualTo("refused");
      count += item.path("detail").path("count").asLong();
    }
    assertThat(refused.size()).isLessThan(10);
    assertThat(count).isGreaterThan(10);
  }

  @Test
  void theTrailVerifiesAndTheViewIsHeldAgainstTheJournal() throws Exception {
    work("verified", 3);
    exported("");
    JsonNode verdict = client.get("/v1/audit/verify").expect(200).json();
    assertThat(verdict.path("valid").asBoolean()).as(verdict.toString()).isTrue();
    assertThat(verdict.path("entries").asLong()).isGreaterThan(8);
    try (Connection connection = Chain.open(GATEWAY.database());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "update audit_entry set actor = 'user:mallory' where action = 'tool.call' and at ="
              + " (select max(at) from audit_entry where action = 'tool.call')");
      JsonNode broken = client.get("/v1/audit/verify").expect(200).json();
      assertThat(broken.path("valid").asBoolean()).isFalse();
      assertThat(broken.at("/firstBroken/why").asText()).contains("search view");
      statement.executeUpdate(
          "update audit_entry set actor = 'user:admin' where actor = 'user:mallory'");
    }
    assertThat(client.get("/v1/audit/verify").expect(200).json().path("valid").asBoolean())
        .isTrue();
  }

  @Test
  void eachOfAThousandRandomChangesIsFoundOffline() throws Exception {
    work("tampered", 40);
    Path checkpoint = exported("heads");
    work("later", 3);
    long seed = Instant.now().toEpochMilli();
    Random random = new Random(seed);
    List<String> missed = new ArrayList<>();
    try (Connection connection = Chain.open(GATEWAY.database())) {
      connection.setAutoCommit(false);
      ObjectNode clean = Offline.seen(checkpoint, Optional.empty(), connection);
      assertThat(clean.path("valid").asBoolean()).as(clean.toString()).isTrue();
      JsonNode signed = Json.MAPPER.readTree(Files.readAllLines(checkpoint).getFirst());
      Tampering tampering =
          new Tampering(connection, signed.at("/checkpoint/ordering").asLong(), random);
      assertThat(tampering.rows()).isGreaterThan(120);
      for (int i = 0; i < 1_000; i++) {
        String change = tampering.change();
        if (Offline.seen(checkpoint, Optional.empty(), connection).path("valid").asBoolean()) {
          missed.add(change);
        }
        connection.rollback();
      }
    }
    assertThat(missed).as("seed " + seed).isEmpty();
  }

  @Test
  void aBareCheckpointAndAnExportWithRowsAreEnoughToo() throws Exception {
    work("exported", 5);
    Path bare = exported("");
    Path whole = exported("rows");
    ObjectNode alone = Offline.file(whole, Optional.empty());
    assertThat(alone.path("valid").asBoolean()).as(alone.toString()).isTrue();
    try (Connection connection = Chain.open(GATEWAY.database())) {
      connection.setAutoCommit(false);
      ObjectNode clean = Offline.seen(whole, Optional.empty(), connection);
      assertThat(clean.path("valid").asBoolean()).as(clean.toString()).isTrue();
    }
    String text = Files.readString(whole);
    int at = text.lastIndexOf("\"payload\":\"") + 40;
    char other = text.charAt(at) == 'A' ? 'B' : 'A';
    Files.writeString(whole, text.substring(0, at) + other + text.substring(at + 1));
    assertThat(Offline.file(whole, Optional.empty()).path("valid").asBoolean()).isFalse();
    String signed = Files.readString(bare);
    Files.writeString(bare, signed.replaceFirst("\"number\":\\d+", "\"number\":999999"));
    try (Connection connection = Chain.open(GATEWAY.database())) {
      ObjectNode forged = Offline.database(bare, Optional.empty(), connection);
      assertThat(forged.at("/firstBroken/why").asText()).contains("signature");
    }
  }

  @Test
  void keysRotateAndTheOldOneVouchesForTheNew() throws Exception {
    String before = client.get("/v1/audit/checkpoint").expect(200).json().path("keyId").asText();
    JsonNode fresh = client.post("/v1/audit/keys", "{}").expect(201).json();
    assertThat(fresh.path("endorsedBy").asText()).isEqualTo(before);
    work("rotated", 1);
    Eventually.get(
        "checkpoints are signed with the new key",
        () -> client.get("/v1/audit/checkpoint").expect(200).json().path("keyId").asText(),
        fresh.path("id").asText()::equals);
    assertThat(client.get("/v1/audit/keys").expect(200).json().path("items").size())
        .isGreaterThanOrEqualTo(2);
    Path checkpoint = exported("heads");
    try (Connection connection = Chain.open(GATEWAY.database())) {
      ObjectNode other = Offline.database(checkpoint, Optional.of("another"), connection);
      assertThat(other.at("/firstBroken/why").asText()).contains("another key");
    }
  }

  @Test
  void aLegalHoldKeepsWhatRetentionWouldDelete() throws Exception {
    client.deploy("held", "do: [{hold: {listen: {to: {one: {with: {type: never.held}}}}}}]");
    String kept = client.start("held", "");
    String gone = client.start("held", "");
    client.put("/v1/audit/holds/lawsuit", "{run: '" + kept + "', reason: case 12}").expect(200);
    client.post("/v1/runs/" + kept + "/cancel", "{}").expect(202);
    client.post("/v1/runs/" + gone + "/cancel", "{}").expect(202);
    Eventually.get(
        "retention deletes the other one",
        () -> client.get("/v1/runs/" + gone).status(),
        status -> status == 404);
    client.get("/v1/runs/" + kept).expect(200);
    assertThat(client.send("DELETE", "/v1/runs/" + kept, "").problem(409).path("detail").asText())
        .contains("lawsuit");
    assertThat(client.get("/v1/audit/holds").expect(200).json().path("items")).hasSize(1);
    client.send("DELETE", "/v1/audit/holds/lawsuit", "").expect(204);
    Eventually.get(
        "it goes once the hold is released",
        () -> client.get("/v1/runs/" + kept).status(),
        status -> status == 404);
    assertThat(found("run=" + gone).get(0).path("action").asText()).isEqualTo("run.deleted");
    exported("");
    JsonNode verdict = client.get("/v1/audit/verify").expect(200).json();
    assertThat(verdict.path("valid").asBoolean()).as(verdict.toString()).isTrue();
  }

  @Test
  void exportsAndTheReportTellThePeriod() throws Exception {
    work("reported", 2);
    found("action=run.start&target=journey/reported");
    String cef = client.get("/v1/audit/export?format=cef&action=run").expect(200).response().body();
    assertThat(cef.lines()).allMatch(line -> line.startsWith("CEF:0|Signalbox|Signalbox|1|run."));
    String lines = client.get("/v1/audit/export?action=run").expect(200).response().body();
    assertThat(lines.lines().count()).isEqualTo(cef.lines().count()).isPositive();
    assertThat(Json.MAPPER.readTree(lines.lines().findFirst().orElseThrow()).has("actor")).isTrue();
    JsonNode report =
        client
            .get("/v1/audit/report?from=" + Instant.now().minus(Duration.ofHours(1)))
            .expect(200)
            .json();
    assertThat(report.path("actions")).isNotEmpty();
    assertThat(report.path("administration")).isNotEmpty();
    assertThat(report.at("/checkpoints/0/count").asLong()).isPositive();
  }
}
