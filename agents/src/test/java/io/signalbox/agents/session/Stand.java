package io.signalbox.agents.session;

import static io.signalbox.agents.session.Samples.SESSION;

import com.typesafe.config.ConfigFactory;
import io.signalbox.agents.BlobsInMemory;
import io.signalbox.agents.Watches;
import io.signalbox.agents.hands.egress.EgressSettings;
import io.signalbox.agents.hands.quota.Accounts;
import io.signalbox.agents.hands.quota.CurbsDoor;
import io.signalbox.agents.hands.quota.QuotaPatience;
import io.signalbox.agents.model.Model;
import io.signalbox.agents.model.ModelRequest;
import io.signalbox.agents.model.Models;
import io.signalbox.agents.model.ModelsSettings;
import io.signalbox.agents.model.Prices;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunCommand;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding.ShardCommand;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;

/** A session under test, between a run and a shard that are probes. */
final class Stand implements AutoCloseable {
  static final SessionSettings SETTINGS =
      new SessionSettings(
          100,
          Duration.ofMinutes(1),
          Duration.ofSeconds(20),
          2,
          Duration.ofMillis(1),
          Duration.ofSeconds(1));

  final ActorTestKit kit =
      ActorTestKit.create(EventSourcedBehaviorTestKit.config().withFallback(ConfigFactory.load()));
  final TestProbe<RunCommand> run = kit.createTestProbe(RunCommand.class);
  final TestProbe<ShardCommand> shard = kit.createTestProbe(ShardCommand.class);

  /** What holds model calls back; nothing, unless a test says otherwise. */
  ModelAccounts accounts =
      new ModelAccounts(
          CurbsDoor.none(),
          new Accounts(
              (_, _, _) -> CompletableFuture.failedFuture(new IllegalStateException("not asked")),
              new QuotaPatience(Duration.ofSeconds(1), Duration.ofSeconds(1), 1),
              InstantSource.system()),
          new Prices(Map.of()),
          new EstimateSettings(2, 8),
          Duration.ofSeconds(20),
          InstantSource.system());

  /** What the model was asked. */
  final BlockingQueue<ModelRequest> asked = new LinkedBlockingQueue<>();

  EventSourcedBehaviorTestKit<SessionCommand, JournalRow<SessionTurn>, SessionState> session(
      Model model, SessionSettings settings) {
    Model watched =
        request -> {
          asked.add(request);
          return model.ask(request);
        };
    return EventSourcedBehaviorTestKit.create(kit.system(), entity(watched, settings));
  }

  /** With the models of the standard configuration. */
  EventSourcedBehaviorTestKit<SessionCommand, JournalRow<SessionTurn>, SessionState> session() {
    var settings = ModelsSettings.from(ConfigFactory.load().getConfig("signalbox.agents.models"));
    return session(
        Models.of(settings, new EgressSettings(List.of("*"), List.of(), false, Set.of())),
        SETTINGS);
  }

  Behavior<SessionCommand> entity(Model model, SessionSettings settings) {
    return SessionEntity.create(
        SESSION,
        settings,
        model,
        accounts,
        (_, command) -> run.getRef().tell(command),
        Watches.standard(),
        new BlobsInMemory(),
        shard.getRef());
  }

  /** What the run was told last. */
  Outcome outcome() {
    return run.expectMessageClass(RunCommand.Performed.class).outcome();
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
