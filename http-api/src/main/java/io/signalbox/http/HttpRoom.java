package io.signalbox.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.protocol.audit.Trail;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/**
 * The HTTP room: listens at once, tells its health at once, and serves everything else from the
 * moment the other rooms have opened their doors.
 */
public final class HttpRoom {
  private static final Duration SHUTDOWN = Duration.ofSeconds(3);

  private final ActorSystem<?> system;
  private final long bodyLimit;
  private final AtomicReference<Serving> serving;

  /** What answers a request right now. */
  private sealed interface Serving {
    /** Only health and what describes the gateway. */
    record Closed(Router router) implements Serving {}

    record Open(Pipeline pipeline) implements Serving {}
  }

  private HttpRoom(ActorSystem<?> system, long bodyLimit, Router first) {
    this.bodyLimit = bodyLimit;
    this.system = system;
    this.serving = new AtomicReference<>(new Serving.Closed(first));
  }

  /** Listens and serves. */
  public static CompletionStage<ServerBinding> start(
      ActorSystem<?> system, HttpSettings settings, Doors doors) {
    return start(
        system,
        settings,
        doors.prometheus(),
        doors.health(),
        CompletableFuture.completedStage(doors));
  }

  /**
   * Listens at once; until the doors are there everything but health, metrics and the description
   * of the API answers 503 with Retry-After.
   */
  public static CompletionStage<ServerBinding> start(
      ActorSystem<?> system,
      HttpSettings settings,
      Supplier<String> prometheus,
      Supplier<List<HealthCheck>> health,
      CompletionStage<Doors> doors) {
    AtomicBoolean open = new AtomicBoolean();
    List<Endpoint> site = site(settings, prometheus, health, open::get);
    HttpRoom room = new HttpRoom(system, settings.bodyLimit(), new Router(site));
    var _ =
        doors.thenAccept(
            there -> {
              room.serving.set(new Serving.Open(pipeline(system, settings, site, there)));
              open.set(true);
            });
    return Http.get(system)
        .newServerAt(settings.host(), settings.port())
        .withSettings(server(system, settings))
        .bind(room::answer)
        .thenApply(binding -> binding.addToCoordinatedShutdown(SHUTDOWN, system));
  }

  private static List<Endpoint> site(
      HttpSettings settings,
      Supplier<String> prometheus,
      Supplier<List<HealthCheck>> health,
      BooleanSupplier open) {
    return Stream.concat(
            new HealthRoutes(health, open).endpoints().stream(),
            new SiteRoutes(prometheus, settings.openMetrics()).endpoints().stream())
        .toList();
  }

  /** Everything that is served once the doors are there. */
  static List<Endpoint> endpoints(ActorSystem<?> system, HttpSettings settings, Doors doors) {
    List<Endpoint> site = site(settings, doors.prometheus(), doors.health(), () -> true);
    List<Endpoint> api = Api.endpoints(system, settings, doors, InstantSource.system());
    return Stream.concat(site.stream(), api.stream()).toList();
  }

  private static Pipeline pipeline(
      ActorSystem<?> system, HttpSettings settings, List<Endpoint> site, Doors doors) {
    List<Endpoint> api = Api.endpoints(system, settings, doors, InstantSource.system());
    Rooms rooms = Rooms.behind(doors, system, settings);
    return new Pipeline(
        system,
        settings,
        new Router(Stream.concat(site.stream(), api.stream()).toList()),
        new Authentication(rooms.access()),
        new Idempotency(rooms.access()),
        rooms.shown(),
        new Noting(Trail.of(system), InstantSource.system()));
  }

  private CompletionStage<HttpResponse> answer(HttpRequest request) {
    return switch (serving.get()) {
      case Serving.Open(Pipeline pipeline) -> pipeline.answer(request);
      case Serving.Closed(Router router) -> Pipeline.early(router, request, bodyLimit, system);
    };
  }

  private static ServerSettings server(ActorSystem<?> system, HttpSettings settings) {
    // longer than anything this room waits for by itself, so that its own answers come first
    Duration longest =
        settings.waitLimit().compareTo(settings.callPatience()) > 0
            ? settings.waitLimit()
            : settings.callPatience();
    long request = longest.plus(settings.bodyPatience()).plus(settings.patience()).toSeconds() + 15;
    Config ours =
        ConfigFactory.parseString(
            """
            pekko.http.server {
              server-header = "signalbox"
              request-timeout = %ds
              idle-timeout = %ds
              max-connections = %d
              transparent-head-requests = on
              remote-address-attribute = on
              parsing {
                max-content-length = %d
                max-uri-length = %d
                error-handler = "%s"
              }
            }
            """
                .formatted(
                    request,
                    request + 30,
                    settings.connections(),
                    settings.bodyLimit(),
                    settings.targetLimit(),
                    UnreadableRequests.class.getName()));
    return ServerSettings.create(ours.withFallback(system.settings().config()));
  }
}
