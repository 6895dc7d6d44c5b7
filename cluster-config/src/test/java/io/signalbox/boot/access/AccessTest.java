package io.signalbox.boot.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.signalbox.boot.TestDatabase;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.access.AccessCommand;
import io.signalbox.protocol.access.AccessCommand.Reply;
import io.signalbox.protocol.access.Principal;
import io.signalbox.runtime.access.AccessActor;
import io.signalbox.runtime.definition.Digests;
import io.signalbox.runtime.storage.Database;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccessTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ADMIN = "sbk_the-administrators-key";

  private final ActorRef<AccessCommand> actor = start(DATABASE.database());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void theLocalAdministratorsKeyNeedsNoDatabase() {
    assertThat(ask(actor, to -> new AccessCommand.Authenticate(ADMIN, to)))
        .isEqualTo(new Reply.Known(new Principal("default", "user:admin", Set.of("admin"), true)));
    assertThat(ask(actor, to -> new AccessCommand.Authenticate(ADMIN + "x", to)))
        .isInstanceOf(Reply.Unknown.class);
  }

  @Test
  void aKeyNamesItsHolderUntilItIsRevoked() throws SQLException {
    Reply.Created created = create("acme", "user:carol", Optional.empty());
    assertThat(created.secret()).startsWith("sbk_").hasSizeGreaterThan(40);
    assertThat(authenticate(actor, created.secret()))
        .isEqualTo(
            new Reply.Known(
                new Principal("acme", "user:carol", Set.of("compliance", "dev"), false)));
    assertThat(((Reply.Keys) ask(actor, to -> new AccessCommand.ListKeys("acme", to))).items())
        .containsExactly(created.key());
    assertThat(count("select count(*) from api_key where secret_hash like '%sbk_%'")).isZero();

    assertThat(
            ((Reply.Refused)
                    ask(actor, to -> new AccessCommand.RevokeKey("other", created.key().id(), to)))
                .refusal())
        .isInstanceOf(Refusal.NotFound.class);
    ActorRef<AccessCommand> elsewhere = start(DATABASE.database());
    assertThat(authenticate(elsewhere, created.secret())).isInstanceOf(Reply.Known.class);
    assertThat(ask(actor, to -> new AccessCommand.RevokeKey("acme", created.key().id(), to)))
        .isInstanceOf(Reply.Done.class);
    assertThat(authenticate(actor, created.secret())).isInstanceOf(Reply.Unknown.class);
    KIT.<Reply>createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(2),
            () -> {
              assertThat(authenticate(elsewhere, created.secret()))
                  .isInstanceOf(Reply.Unknown.class);
              return true;
            });
    assertThat(((Reply.Keys) ask(actor, to -> new AccessCommand.ListKeys("acme", to))).items())
        .isEmpty();
  }

  @Test
  void manyRequestsWithAKeyAskTheDatabaseOnce() {
    AtomicInteger asked = new AtomicInteger();
    HikariDataSource pool = new HikariDataSource(DATABASE.pool());
    Database counted =
        new Database(
            pool,
            task -> {
              asked.incrementAndGet();
              Thread.ofVirtual().start(task);
            });
    ActorRef<AccessCommand> counting = start(counted);
    Reply.Created created = create("busy", "service:ci", Optional.empty());
    TestProbe<Reply> probe = KIT.createTestProbe();
    for (int i = 0; i < 200; i++) {
      counting.tell(new AccessCommand.Authenticate(created.secret(), probe.ref()));
    }
    for (int i = 0; i < 200; i++) {
      assertThat(probe.receiveMessage(PATIENCE)).isInstanceOf(Reply.Known.class);
    }
    assertThat(asked.get()).isLessThanOrEqualTo(2);
    pool.close();
  }

  @Test
  void aKeyThatHasExpiredIsUnknownAndOneCannotBeMadeSo() throws SQLException {
    Reply.Created created =
        create("brief", "user:bob", Optional.of(Instant.now().plusSeconds(3600)));
    assertThat(authenticate(actor, created.secret())).isInstanceOf(Reply.Known.class);
    sql("update api_key set expires_at = now() - interval '1 second' where tenant = 'brief'");
    assertThat(authenticate(start(DATABASE.database()), created.secret()))
        .isInstanceOf(Reply.Unknown.class);
    Reply reply =
        ask(
            actor,
            to ->
                new AccessCommand.CreateKey(
                    "brief", "user:bob", Set.of(), Optional.of(Instant.EPOCH), to));
    assertThat(((Reply.Refused) reply).refusal()).isInstanceOf(Refusal.Invalid.class);
  }

  @Test
  void aRequestIsCarriedOutOnceAndItsAnswerKept() {
    assertThat(claim("k1", "hash")).isInstanceOf(Reply.Fresh.class);
    assertThat(((Reply.Refused) claim("k1", "hash")).refusal())
        .isInstanceOf(Refusal.Conflict.class);
    assertThat(((Reply.Refused) claim("k1", "other")).refusal())
        .isInstanceOf(Refusal.Invalid.class);
    ask(actor, to -> new AccessCommand.Keep("acme", "k1", 201, Json.object().put("id", "r1"), to));
    assertThat(claim("k1", "hash")).isEqualTo(new Reply.Replay(201, Json.object().put("id", "r1")));
    assertThat(((Reply.Refused) claim("k1", "other")).refusal())
        .isInstanceOf(Refusal.Invalid.class);
  }

  @Test
  void aClaimGivenUpOrStaleMayBeMadeAgain() throws SQLException {
    assertThat(claim("k2", "hash")).isInstanceOf(Reply.Fresh.class);
    ask(actor, to -> new AccessCommand.Release("acme", "k2", to));
    assertThat(claim("k2", "other")).isInstanceOf(Reply.Fresh.class);
    sql("update idempotency set claimed_at = now() - interval '61 seconds' where key = 'k2'");
    assertThat(((Reply.Refused) claim("k2", "hash")).refusal()).isInstanceOf(Refusal.Invalid.class);
    assertThat(claim("k2", "other")).isInstanceOf(Reply.Fresh.class);
    assertThat(((Reply.Refused) claim("k2", "other")).refusal())
        .isInstanceOf(Refusal.Conflict.class);
    ask(actor, to -> new AccessCommand.Keep("acme", "k2", 200, Json.object(), to));
    sql("update idempotency set claimed_at = now() - interval '25 hours' where key = 'k2'");
    assertThat(claim("k2", "third")).isInstanceOf(Reply.Fresh.class);
  }

  @Test
  void ofManyClaimsAtOnceOneIsFresh() {
    TestProbe<Reply> probe = KIT.createTestProbe();
    for (int i = 0; i < 50; i++) {
      actor.tell(new AccessCommand.Claim("acme", "k3", "hash", probe.ref()));
    }
    int fresh = 0;
    for (int i = 0; i < 50; i++) {
      fresh += probe.receiveMessage(PATIENCE) instanceof Reply.Fresh ? 1 : 0;
    }
    assertThat(fresh).isEqualTo(1);
  }

  private static ActorRef<AccessCommand> start(Database database) {
    return KIT.spawn(
        AccessActor.create(
            database,
            Optional.of(Digests.sha256(ADMIN)),
            new SecureRandom(),
            InstantSource.system()));
  }

  private Reply.Created create(String tenant, String principal, Optional<Instant> expires) {
    return (Reply.Created)
        ask(
            actor,
            to ->
                new AccessCommand.CreateKey(
                    tenant, principal, Set.of("compliance", "dev"), expires, to));
  }

  private Reply claim(String key, String hash) {
    return ask(actor, to -> new AccessCommand.Claim("acme", key, hash, to));
  }

  private static Reply authenticate(ActorRef<AccessCommand> actor, String secret) {
    return ask(actor, to -> new AccessCommand.Authenticate(secret, to));
  }

  private static Reply ask(
      ActorRef<AccessCommand> actor, Function<ActorRef<Reply>, AccessCommand> question) {
    TestProbe<Reply> probe = KIT.createTestProbe();
    actor.tell(question.apply(probe.ref()));
    return probe.receiveMessage(PATIENCE);
  }

  private static void sql(String sql) throws SQLException {
    DATABASE
        .database()
        .now(
            c -> {
              try (Statement statement = c.createStatement()) {
                return statement.execute(sql);
              }
            });
  }

  private static long count(String sql) throws SQLException {
    return DATABASE
        .database()
        .now(
            c -> {
              try (Statement statement = c.createStatement();
                  ResultSet row = statement.executeQuery(sql)) {
                return row.next() ? row.getLong(1) : 0L;
              }
            });
  }
}
