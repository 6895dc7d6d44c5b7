package io.signalbox.agents.hands.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.signalbox.agents.hands.auth.TokenSettings;
import io.signalbox.agents.hands.egress.EgressSettings;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.secrets.SecretsSettings;
import io.signalbox.agents.hands.web.WebSettings;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.mcp.McpReach;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connections of this node to servers of the Model Context Protocol: made when needed, shared,
 * made anew when broken, closed when nobody uses them, bounded in number.
 */
public final class McpServers implements AutoCloseable {
  private static final List<String> ABILITIES = List.of("sampling", "elicitation", "roots");
  private static final Duration ASK_SESSION = Duration.ofSeconds(5);

  private final Optional<McpSettings> settings;
  private final Optional<Transports> transports;
  private final SessionDoor sessions;
  private final Map<Link, Place> places = new HashMap<>();

  /** Where the connection of one link is; whoever holds its lock makes it. */
  private static final class Place {
    final ReentrantLock making = new ReentrantLock();
    Optional<Connection> connection = Optional.empty();
  }

  private McpServers(
      Optional<McpSettings> settings, Optional<Transports> transports, SessionDoor sessions) {
    this.settings = settings;
    this.transports = transports;
    this.sessions = sessions;
  }

  /** Within reach as these settings say. */
  public static McpServers open(
      McpSettings settings,
      SecretsSettings secrets,
      TokenSettings tokens,
      WebSettings web,
      EgressSettings egress,
      SessionDoor sessions) {
    Transports transports =
        new Transports(settings, secrets, tokens, web, egress, InstantSource.system());
    return new McpServers(Optional.of(settings), Optional.of(transports), sessions);
  }

  /** No server is within reach. */
  public static McpServers none() {
    return new McpServers(Optional.empty(), Optional.empty(), SessionDoor.closed());
  }

  /** The link's connection, made if need be; a setback says why there is none. */
  Connection get(Link link) throws Setback {
    Place place = place(link);
    place.making.lock();
    try {
      Optional<Connection> there = place.connection.filter(it -> !it.broken());
      if (there.isPresent()) {
        return there.get();
      }
      place.connection.ifPresent(Connection::close);
      place.connection = Optional.empty();
      Connection made = make(link);
      place.connection = Optional.of(made);
      return made;
    } finally {
      place.making.unlock();
    }
  }

  McpSettings settings() throws Setback {
    return settings.orElseThrow(McpServers::unreachable);
  }

  private Connection make(Link link) throws Setback {
    McpSettings bounds = settings();
    McpClientTransport transport = transports.orElseThrow(McpServers::unreachable).to(link);
    Caller caller = new Caller(link, sessions, bounds.clientPatience());
    try {
      return Connection.open(bounds, transport, caller, abilities(link));
    } catch (RuntimeException e) {
      throw Faults.connecting(link, e);
    }
  }

  /** What the client behind the link can do, the server may ask for. */
  private JsonNode abilities(Link link) {
    ObjectNode abilities = Json.object();
    if (link.entity().isEmpty()) {
      return abilities;
    }
    try {
      JsonNode client =
          sessions
              .capabilities(link.entity().get(), ASK_SESSION)
              .toCompletableFuture()
              .get(ASK_SESSION.toMillis(), TimeUnit.MILLISECONDS);
      ABILITIES.stream().filter(client::has).forEach(it -> abilities.set(it, client.path(it)));
      return abilities;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return abilities;
    } catch (ExecutionException | TimeoutException e) {
      return abilities; // the session is away: nobody can be asked
    }
  }

  private Place place(Link link) throws Setback {
    List<Connection> gone = new ArrayList<>();
    try {
      synchronized (places) {
        Place place = places.computeIfAbsent(link, _ -> new Place());
        tidy(link, gone);
        return place;
      }
    } finally {
      gone.forEach(it -> Thread.startVirtualThread(it::close));
    }
  }

  /** Finds what nobody has used for long, and what is too much. */
  private void tidy(Link kept, List<Connection> gone) throws Setback {
    McpSettings bounds = settings();
    Instant old = Instant.now().minus(bounds.idle());
    long processes = places.keySet().stream().filter(McpServers::isProcess).count();
    boolean crowded =
        places.size() > bounds.most() || (isProcess(kept) && processes > bounds.stdio().atOnce());
    List<Map.Entry<Link, Place>> idle =
        places.entrySet().stream()
            .filter(it -> !it.getKey().equals(kept) && !it.getValue().making.isLocked())
            .filter(it -> it.getValue().connection.filter(c -> !c.idle()).isEmpty())
            .sorted(Comparator.comparing(it -> usedAt(it.getValue())))
            .toList();
    boolean full = crowded;
    for (var it : idle) {
      if (full || usedAt(it.getValue()).isBefore(old)) {
        places.remove(it.getKey());
        it.getValue().connection.ifPresent(gone::add);
        full = false;
      }
    }
    if (full) {
      places.remove(kept);
      throw Setback.failed(
          "communication",
          503,
          "too many connections to servers of the Model Context Protocol at this node",
          Optional.of(Duration.ofSeconds(2)));
    }
  }

  private static boolean isProcess(Link link) {
    return link.reach() instanceof McpReach.Stdio;
  }

  private static Instant usedAt(Place place) {
    return place.connection.map(Connection::usedAt).orElse(Instant.EPOCH);
  }

  private static Setback unreachable() {
    return Setback.invalid("tools of kind mcp are not supported here");
  }

  @Override
  public void close() {
    List<Place> all;
    synchronized (places) {
      all = List.copyOf(places.values());
      places.clear();
    }
    all.forEach(it -> it.connection.ifPresent(Connection::close));
    transports.ifPresent(Transports::close);
  }
}
