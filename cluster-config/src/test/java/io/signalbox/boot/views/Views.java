package io.signalbox.boot.views;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.signalbox.protocol.view.ViewQuery;
import io.signalbox.protocol.view.ViewQuery.ListRuns;
import io.signalbox.protocol.view.ViewQuery.Reply;
import io.signalbox.protocol.view.ViewQuery.RunRow;
import io.signalbox.runtime.audit.AuditSettings;
import io.signalbox.runtime.audit.Ledger;
import io.signalbox.runtime.storage.Database;
import io.signalbox.runtime.view.JournalReader;
import io.signalbox.runtime.view.ViewActor;
import io.signalbox.runtime.view.ViewSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;

/** The views' actors over one database, and the questions tests put to them. */
final class Views implements AutoCloseable {
  static final ViewSettings SETTINGS = settings("");

  private final ActorTestKit kit =
      ActorTestKit.create(ConfigFactory.parseString("pekko.loglevel=WARNING"));
  private final Database database;
  private final ActorRef<ViewQuery> actor;

  Views(Database database) {
    this.database = database;
    this.actor = kit.spawn(ViewActor.create(database, SETTINGS));
  }

  /** The reference settings, some of them otherwise. */
  static ViewSettings settings(String otherwise) {
    return ViewSettings.from(
        ConfigFactory.parseString(otherwise)
            .withFallback(ConfigFactory.load().getConfig("signalbox.runtime.views")));
  }

  ActorTestKit kit() {
    return kit;
  }

  ActorRef<JournalReader.Command> reader() {
    return kit.spawn(JournalReader.create(database, SETTINGS, ledger(), _ -> {}));
  }

  private static Ledger ledger() {
    try {
      Path key = Files.createTempDirectory("signalbox-key").resolve("audit.key");
      Config audit =
          ConfigFactory.parseMap(Map.of("key-file", key.toString()))
              .withFallback(ConfigFactory.load().getConfig("signalbox.runtime.audit"));
      return new Ledger(AuditSettings.from(audit), InstantSource.system());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Reply ask(Function<ActorRef<Reply>, ViewQuery> query) {
    TestProbe<Reply> probe = kit.createTestProbe();
    actor.tell(query.apply(probe.ref()));
    return probe.receiveMessage(Duration.ofSeconds(20));
  }

  long behind() {
    return ask(ViewQuery.Lag::new) instanceof Reply.Behind(long rows) ? rows : -1;
  }

  /** Everything that the test wrote is in the views. */
  void caughtUp() {
    TestProbe<Reply> probe = kit.createTestProbe();
    probe.awaitAssert(
        Duration.ofSeconds(30),
        Duration.ofMillis(20),
        () -> {
          if (behind() != 0) {
            throw new AssertionError("the views are behind");
          }
          return 0;
        });
  }

  List<String> ids(String tenant) {
    return list(tenant, 500, Optional.empty()).items().stream().map(RunRow::id).sorted().toList();
  }

  Reply.Runs list(String tenant, int limit, Optional<String> cursor) {
    return (Reply.Runs) ask(replyTo -> all(tenant, limit, cursor, replyTo));
  }

  static ListRuns all(String tenant, int limit, Optional<String> cursor, ActorRef<Reply> replyTo) {
    return new ListRuns(
        tenant,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        limit,
        cursor,
        replyTo);
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
