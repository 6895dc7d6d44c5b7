package io.signalbox.boot;

import com.typesafe.config.Config;
import io.signalbox.boot.config.Arguments;
import io.signalbox.boot.config.BootSettings;
import io.signalbox.boot.config.ClusterSettings;
import io.signalbox.boot.config.ConfigurationFault;
import io.signalbox.boot.postgres.Folders;
import io.signalbox.boot.telemetry.Metrics;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node of the gateway: everything it consists of, from its start to its orderly stop. */
public final class Gateway implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);
  private static final String NAME = "signalbox";

  private final Claim claim;
  private final Store store;
  private final ActorSystem<Void> system;
  private final Assembly rooms;
  private final URI address;
  private final Duration patience;
  private final AtomicBoolean stopping = new AtomicBoolean();

  private Gateway(
      Claim claim,
      Store store,
      ActorSystem<Void> system,
      Assembly rooms,
      URI address,
      Duration patience) {
    this.claim = claim;
    this.store = store;
    this.system = system;
    this.rooms = rooms;
    this.address = address;
    this.patience = patience;
  }

  /**
   * Starts a node and returns once it serves HTTP; the database may be away still, and until it
   * comes the node says that it is not ready.
   */
  public static Gateway start(Config config, Arguments arguments)
      throws IOException, ConfigurationFault {
    BootSettings settings = BootSettings.from(config);
    Folders.passable(settings.data());
    Claim claim = Claim.of(settings.data(), arguments.node());
    try {
      return start(config, arguments, settings, claim);
    } catch (IOException | ConfigurationFault | RuntimeException e) {
      claim.close();
      throw e;
    }
  }

  private static Gateway start(
      Config config, Arguments arguments, BootSettings settings, Claim claim)
      throws IOException, ConfigurationFault {
    AdminKey key = AdminKey.of(settings.adminKey(), settings.data());
    Assembly.Settings.from(config, key, Optional.empty()); // faults come before the database
    Store store = Store.open(settings, arguments.node() == 1);
    CompletableFuture<Done> migrated = new CompletableFuture<>();
    Thread.ofVirtual().name("migrations").start(() -> migrate(store, migrated));
    Optional<ActorSystem<Void>> begun = Optional.empty();
    try {
      Config whole = store.journal().withFallback(config);
      ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), NAME, whole);
      begun = Optional.of(system);
      join(system, settings.cluster());
      Assembly rooms =
          new Assembly(
              system,
              store.database(),
              Assembly.Settings.from(config, key, Optional.of(store.gateway())),
              Metrics.start(whole));
      URI address = rooms.serve();
      Gateway gateway = new Gateway(claim, store, system, rooms, address, settings.stopTimeout());
      var _ = migrated.whenComplete(gateway::open);
      return gateway;
    } catch (IOException | ConfigurationFault | RuntimeException e) {
      begun.ifPresent(ActorSystem::terminate);
      store.undo();
      throw e;
    }
  }

  /** Where this node serves HTTP. */
  public URI address() {
    return address;
  }

  /** Completes at the first moment when this node is ready, or fails if it never can be. */
  public CompletionStage<Done> ready() {
    return rooms.ready();
  }

  /** Completes when the node has ended, also where the cluster shut it down. */
  public CompletionStage<Done> ended() {
    return system.getWhenTerminated();
  }

  public boolean stopping() {
    return stopping.get();
  }

  /** Ends the process's part in the cluster as a kill would not: shards move, requests end. */
  @Override
  public void close() {
    end();
    store.close();
    claim.close();
  }

  private void end() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    rooms.close();
    CompletableFuture<Done> ended =
        CoordinatedShutdown.get(system)
            .runAll(CoordinatedShutdown.jvmExitReason())
            .toCompletableFuture();
    try {
      ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("did not stop in an orderly way", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.warn("interrupted while stopping");
    }
  }

  private void open(Done migrated, @Nullable Throwable failure) {
    try {
      if (failure != null) {
        throw failure;
      }
      rooms.open();
    } catch (Throwable e) {
      if (!stopping.get()) {
        log.error("cannot start", e);
        rooms.fail(e);
      }
    }
  }

  private static void migrate(Store store, CompletableFuture<Done> migrated) {
    try {
      store.migrate();
      migrated.complete(Done.getInstance());
    } catch (IOException | RuntimeException e) {
      migrated.completeExceptionally(e);
    }
  }

  private static void join(ActorSystem<?> system, ClusterSettings settings) {
    Cluster cluster = Cluster.get(system);
    if (settings.seeds().isEmpty()) {
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
    } else {
      cluster
          .manager()
          .tell(new JoinSeedNodes(settings.seeds().stream().map(Gateway::address).toList()));
    }
  }

  private static Address address(String seed) {
    return AddressFromURIString.parse("pekko://" + NAME + "@" + seed);
  }
}
