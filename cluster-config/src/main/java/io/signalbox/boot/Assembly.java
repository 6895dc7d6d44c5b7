package io.signalbox.boot;

import com.typesafe.config.Config;
import io.signalbox.boot.config.ConfigurationFault;
import io.signalbox.http.Doors;
import io.signalbox.http.HttpRoom;
import io.signalbox.http.HttpSettings;
import io.signalbox.runtime.storage.Database;
import java.io.IOException;
import java.net.URI;
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
  record Settings(AdminKey adminKey, HttpSettings http) {
    static Settings from(Config config, AdminKey adminKey) throws ConfigurationFault {
      try {
        return new Settings(adminKey, HttpSettings.from(config));
      } catch (RuntimeException e) {
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
    org.slf4j.LoggerFactory.getLogger(Assembly.class).info("{}", database);
    var v =
        system.systemActorOf(
            org.apache.pekko.actor.typed.javadsl.Behaviors
                .<io.signalbox.protocol.view.ViewQuery>receiveMessage(
                    q -> {
                      if (q instanceof io.signalbox.protocol.view.ViewQuery.Lag lag) {
                        lag.replyTo()
                            .tell(new io.signalbox.protocol.view.ViewQuery.Reply.Behind(0));
                      }
                      return org.apache.pekko.actor.typed.javadsl.Behaviors.same();
                    }),
            "stub",
            org.apache.pekko.actor.typed.Props.empty());
    doors.complete(
        new Doors(
            v.unsafeUpcast(), v.unsafeUpcast(), v, v.unsafeUpcast(), metrics, health::latest));
    health.opened(v);
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
