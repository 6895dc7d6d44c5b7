package io.signalbox.boot;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.signalbox.agents.AgentsRoom;
import io.signalbox.agents.AgentsSettings;
import io.signalbox.agents.hands.quota.CurbsDoor;
import io.signalbox.agents.hands.sql.GatewayDatabase;
import io.signalbox.boot.config.ConfigurationFault;
import io.signalbox.http.Doors;
import io.signalbox.http.HttpRoom;
import io.signalbox.http.HttpSettings;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.runtime.RuntimeRoom;
import io.signalbox.runtime.RuntimeSettings;
import io.signalbox.runtime.storage.Database;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ServerBinding;

/** The rooms of one node and how they are joined: HTTP at once, the others with the database. */
final class Assembly implements AutoCloseable {
  private final ActorSystem<?> system;
  private final Database database;
  private final Settings settings;
  private final Supplier<String> metrics;
  private final Health health;
  private final CompletableFuture<Doors> doors = new CompletableFuture<>();
  private final CompletableFuture<Done> ready = new CompletableFuture<>();

  /** What the rooms are told, each by its own record. */
  record Settings(
      AdminKey adminKey, HttpSettings http, AgentsSettings agents, RuntimeSettings runtime) {
    /**
     * Every room checks its own.
     *
     * @param gateway the database, for tools that may read it
     */
    static Settings from(Config config, AdminKey adminKey, Optional<GatewayDatabase> gateway)
        throws ConfigurationFault {
      try {
        return new Settings(
            adminKey,
            HttpSettings.from(config),
            AgentsSettings.from(config, gateway),
            RuntimeSettings.from(config.getConfig("signalbox.runtime")));
      } catch (IllegalArgumentException | ConfigException e) {
        throw new ConfigurationFault(String.valueOf(e.getMessage()));
      }
    }
  }

  Assembly(ActorSystem<?> system, Database database, Settings settings, Supplier<String> metrics) {
    this.system = system;
    this.database = database;
    this.settings = settings;
    this.metrics = metrics;
    this.health = new Health(system, database);
    var _ = health.ready().thenRun(() -> ready.complete(Done.getInstance()));
  }

  /** Serves HTTP; until the other rooms are open, only health answers well. */
  URI serve() throws IOException {
    HttpSettings http = settings.http();
    try {
      ServerBinding binding =
          HttpRoom.start(system, http, metrics, health::latest, doors).toCompletableFuture().join();
      return URI.create("http://" + name(http.host()) + ":" + binding.localAddress().getPort());
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "cannot listen on " + http.host() + ":" + http.port() + ": " + cause.getMessage(), cause);
    }
  }

  /** Opens the rooms that need the database. */
  void open() {
    Blobs blobs = RuntimeRoom.blobs(database, settings.runtime());
    CompletableFuture<CurbsDoor> curbs = new CompletableFuture<>();
    AgentsRoom.Doors agents =
        AgentsRoom.start(
            system,
            settings.agents(),
            blobs,
            tenant -> curbs.thenCompose(it -> it.of(tenant)),
            RuntimeRoom.pseudonyms(database));
    RuntimeRoom.Doors runtime =
        RuntimeRoom.start(
            system,
            database,
            settings.runtime(),
            agents.builtins(),
            agents.processes(),
            agents.atOnce(),
            agents.hands(),
            blobs,
            Optional.of(settings.adminKey().administrator()));
    curbs.complete(runtime.curbs()::apply);
    AgentsRoom.watch(system, settings.agents(), runtime.catalog());
    health.opened(runtime.views());
    doors.complete(
        new Doors(
            runtime.catalog(),
            runtime.events(),
            runtime.views(),
            runtime.access(),
            agents.mcp(),
            RuntimeRoom.notifier(
                system,
                database,
                settings.runtime(),
                AgentsRoom.courier(system, settings.agents())),
            runtime.audit(),
            blobs,
            agents.tools(),
            metrics,
            health::latest));
  }

  /** Ready, at least once; or never, and why. */
  CompletionStage<Done> ready() {
    return ready;
  }

  void fail(Throwable cause) {
    ready.completeExceptionally(cause);
  }

  @Override
  public void close() {
    health.close();
  }

  private static String name(String host) {
    if (host.equals("0.0.0.0") || host.equals("::")) {
      return "localhost";
    }
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
