package io.signalbox.agents.hands.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.mcp.McpStanding;
import io.signalbox.protocol.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/**
 * Looks after every server of every tenant, at one place in the cluster: whether it answers, and
 * what it offers. What has failed is tried again after a doubling time.
 */
public final class McpWatch {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ActorContext<Message> context;
  private final McpSettings settings;
  private final McpServers servers;
  private final ActorRef<CatalogCommand> catalog;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Next> next = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();

  /** Own messages. */
  sealed interface Message {
    /** Time to look who is due. */
    record Tick() implements Message {}

    record There(List<McpStanding> standings) implements Message {}

    record Seen(
        McpStanding standing, Optional<JsonNode> offer, Optional<String> trouble, boolean known)
        implements Message {}

    record Told() implements Message {}
  }

  /** When a server is due, and how often it has failed by now. */
  private record Next(String digest, Instant at, int failures) {}

  private McpWatch(
      ActorContext<Message> context,
      McpSettings settings,
      McpServers servers,
      ActorRef<CatalogCommand> catalog) {
    this.context = context;
    this.settings = settings;
    this.servers = servers;
    this.catalog = catalog;
  }

  /** The cluster's one watch. */
  public static void start(
      ActorSystem<?> system,
      McpSettings settings,
      Supplier<McpServers> servers,
      ActorRef<CatalogCommand> catalog) {
    Behavior<Message> watch =
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers -> {
                      timers.startTimerWithFixedDelay(new Message.Tick(), TICK);
                      return new McpWatch(context, settings, servers.get(), catalog).behavior();
                    }));
    ClusterSingleton.get(system)
        .init(
            SingletonActor.of(
                Behaviors.supervise(watch)
                    .onFailure(
                        SupervisorStrategy.restartWithBackoff(
                            settings.retryShortest(), settings.retryLongest(), 0.2)),
                "mcp-watch"));
  }

  private Behavior<Message> behavior() {
    return Behaviors.receive(Message.class)
        .onMessage(Message.Tick.class, _ -> tick())
        .onMessage(Message.There.class, this::there)
        .onMessage(Message.Seen.class, this::seen)
        .onMessage(Message.Told.class, _ -> Behaviors.same())
        .onSignal(PostStop.class, _ -> stop())
        .build();
  }

  private Behavior<Message> tick() {
    context.ask(
        CatalogReply.class,
        catalog,
        PATIENCE,
        to -> new CatalogCommand.McpStandings(Optional.empty(), Optional.empty(), to),
        (reply, _) ->
            reply instanceof CatalogReply.Mcp(var standings)
                ? new Message.There(standings)
                : new Message.Told());
    return Behaviors.same();
  }

  private Behavior<Message> there(Message.There there) {
    Set<String> names = new HashSet<>();
    for (McpStanding it : there.standings()) {
      String name = it.tenant() + "|" + it.server().name();
      names.add(name);
      Optional<Next> due =
          Optional.ofNullable(next.get(name)).filter(n -> n.digest().equals(it.digest()));
      if (!underWay.contains(name) && due.filter(n -> Instant.now().isBefore(n.at())).isEmpty()) {
        underWay.add(name);
        boolean known = due.filter(n -> n.failures() == 0).isPresent() && it.health().equals("up");
        context.pipeToSelf(
            CompletableFuture.supplyAsync(() -> look(it, known), threads),
            (seen, failure) ->
                failure == null
                    ? seen
                    : new Message.Seen(
                        it, Optional.empty(), Optional.of(Faults.tell(failure)), known));
      }
    }
    next.keySet().retainAll(names);
    return Behaviors.same();
  }

  private Behavior<Message> seen(Message.Seen seen) {
    McpStanding it = seen.standing();
    String name = it.tenant() + "|" + it.server().name();
    underWay.remove(name);
    boolean failed = seen.trouble().isPresent();
    Next last = next.get(name);
    int failures = failed ? 1 + (last == null ? 0 : last.failures()) : 0;
    next.put(
        name,
        new Next(
            it.digest(),
            Instant.now().plus(failed ? pause(failures) : settings.watch()),
            failures));
    boolean news =
        !seen.offer().equals(it.offered())
            || !it.health().equals(failed ? "down" : "up")
            || !seen.trouble().equals(it.trouble());
    if (news) {
      context.ask(
          CatalogReply.class,
          catalog,
          PATIENCE,
          to ->
              new CatalogCommand.McpSeen(
                  it.tenant(), it.server().name(), it.digest(), seen.offer(), seen.trouble(), to),
          (_, _) -> new Message.Told());
    }
    return Behaviors.same();
  }

  private Duration pause(int failures) {
    Duration doubled = settings.retryShortest().multipliedBy(1L << Math.min(failures - 1, 20));
    return doubled.compareTo(settings.retryLongest()) > 0 ? settings.retryLongest() : doubled;
  }

  /** On a virtual thread. */
  private Message.Seen look(McpStanding it, boolean known) {
    Link link = new Link(it.tenant(), it.server().name(), it.server().reach(), Optional.empty());
    try {
      Connection connection = servers.get(link);
      try {
        connection.request("ping", Json.object(), settings.connectTimeout());
        return new Message.Seen(it, Optional.of(connection.offer()), Optional.empty(), known);
      } catch (RuntimeException e) {
        connection.spoil();
        return new Message.Seen(
            it, Optional.empty(), Optional.of(detail(Faults.calling(link, e, false))), known);
      }
    } catch (Setback e) {
      return new Message.Seen(it, Optional.empty(), Optional.of(detail(e)), known);
    }
  }

  private static String detail(Setback setback) {
    return setback.outcome() instanceof Outcome.Failed failed
        ? failed.detail()
        : String.valueOf(setback.getMessage());
  }

  private Behavior<Message> stop() {
    threads.shutdownNow();
    Thread.startVirtualThread(servers::close);
    return Behaviors.same();
  }
}
