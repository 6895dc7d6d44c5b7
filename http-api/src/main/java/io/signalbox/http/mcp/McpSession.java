package io.signalbox.http.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.mcp.McpSessionCommand;
import io.signalbox.protocol.mcp.McpSessionCommand.ClientReply;
import io.signalbox.protocol.mcp.McpSessionCommand.Frame;
import io.signalbox.protocol.mcp.McpSessionCommand.Reply;
import io.signalbox.protocol.run.RunCommand;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;

/**
 * The session of one MCP client: its streams, its requests under way, and what servers ask of it.
 * It lives in memory, on one node of the cluster; the runs behind its requests live on without it.
 * Longer than 300 lines because it is one life: every message of it is handled here.
 */
public final class McpSession {
  private static final List<String> LEVELS =
      List.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");
  private static final int MOST_ASKED = 100;
  private static final Duration GATHERING = Duration.ofMillis(50);

  private final ActorContext<McpSessionCommand> context;
  private final TimerScheduler<McpSessionCommand> timers;
  private final McpHttpSettings settings;
  private final String entity;
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final Map<String, Going> going = new HashMap<>();
  private final Map<String, ActorRef<ClientReply>> asked = new HashMap<>();
  private final Rounds rounds = new Rounds();
  private Optional<Client> client = Optional.empty();
  private String level = "debug";
  private long number;

  /** Whose session it is, and what was agreed with it. */
  private record Client(Principal by, String version, JsonNode capabilities) {}

  /** A request that a run carries out. */
  private record Going(
      String channel, JsonNode request, Optional<JsonNode> progress, Optional<JsonNode> essence) {}

  /** Own messages. */
  private sealed interface Own extends McpSessionCommand {
    record Idle() implements Own {}

    /** A stream has been quiet for long enough. */
    record Quiet(String channel) implements Own {}

    record Lost(String channel, ActorRef<Frame> reader) implements Own {}

    record Unanswered(String id) implements Own {}

    /** What a server asks at once is told at once. */
    record Gathered(String run) implements Own {}
  }

  private McpSession(
      ActorContext<McpSessionCommand> context,
      TimerScheduler<McpSessionCommand> timers,
      String entity,
      McpHttpSettings settings) {
    this.context = context;
    this.timers = timers;
    this.entity = entity;
    this.settings = settings;
  }

  /** Makes sessions known to the cluster. */
  public static void shard(ActorSystem<?> system, McpHttpSettings settings) {
    ClusterSharding.get(system)
        .init(
            Entity.of(McpSessionCommand.KEY, it -> create(it.getEntityId(), settings))
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
  }

  private static Behavior<McpSessionCommand> create(String entity, McpHttpSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new McpSession(context, timers, entity, settings).begin()));
  }

  private Behavior<McpSessionCommand> begin() {
    rest();
    return Behaviors.receive(McpSessionCommand.class).onAnyMessage(this::on).build();
  }

  private Behavior<McpSessionCommand> on(McpSessionCommand command) {
    return switch (command) {
      case McpSessionCommand.Open it -> open(it);
      case McpSessionCommand.Look it -> ifOwned(it.by(), it.replyTo(), this::there);
      case McpSessionCommand.Abilities it -> answer(it.replyTo(), there());
      case McpSessionCommand.Listen it -> ifOwned(it.by(), it.replyTo(), () -> listen(it));
      case McpSessionCommand.Begin it -> ifOwned(it.by(), it.replyTo(), () -> beginCall(it));
      case McpSessionCommand.Resume it -> ifOwned(it.by(), it.replyTo(), () -> resume(it));
      case McpSessionCommand.Finish it -> finish(it);
      case McpSessionCommand.Cancelled it -> ifOwned(it.by(), it.replyTo(), () -> cancelled(it));
      case McpSessionCommand.Answered it ->
          ifOwned(it.by(), it.replyTo(), () -> answered(it.response()));
      case McpSessionCommand.Tell it -> tell(it);
      case McpSessionCommand.Ask it -> ask(it);
      case McpSessionCommand.SetLevel it ->
          ifOwned(
              it.by(),
              it.replyTo(),
              () -> {
                level = it.level();
                return there();
              });
      case McpSessionCommand.Close it -> close(it);
      case Own.Idle _ -> idle();
      case Own.Quiet it -> quiet(it);
      case Own.Lost it -> lost(it);
      case Own.Unanswered it -> unanswered(it);
      case Own.Gathered it -> gathered(it);
      default -> Behaviors.unhandled();
    };
  }

  private Behavior<McpSessionCommand> open(McpSessionCommand.Open it) {
    if (client.isPresent()) {
      return answer(it.replyTo(), new Reply.Gone());
    }
    client = Optional.of(new Client(it.by(), it.version(), it.capabilities()));
    if (stateless()) {
      level = "off"; // until the request says that it wants log messages
    }
    return answer(it.replyTo(), there());
  }

  private Reply there() {
    return client
        .<Reply>map(it -> new Reply.There(it.version(), it.capabilities()))
        .orElseGet(Reply.Gone::new);
  }

  private Reply listen(McpSessionCommand.Listen it) {
    Optional<Channel> old =
        it.after().flatMap(after -> Optional.ofNullable(channels.get(Channel.stream(after))));
    Channel channel = old.orElseGet(() -> channel("g" + number++));
    attach(channel, it.sink());
    if (old.isPresent()) {
      channel.replay(Channel.number(it.after().orElseThrow()));
      patient(channel);
    } else {
      prime(channel);
    }
    return there();
  }

  private Reply beginCall(McpSessionCommand.Begin it) {
    if (going.size() >= settings.streams()) {
      return new Reply.Busy("this session has %d requests under way".formatted(going.size()));
    }
    long call = number++;
    Channel channel = channel("c" + call);
    String run = entity.substring(entity.indexOf('|') + 1) + "." + call;
    going.put(run, new Going(channel.id(), it.request(), it.progress(), it.essence()));
    attach(channel, it.sink());
    prime(channel);
    patient(channel);
    Client who = client.orElseThrow();
    return new Reply.Begun(run, who.version(), who.capabilities());
  }

  /** The request once more: with what was asked for, or for an answer that came meanwhile. */
  private Reply resume(McpSessionCommand.Resume it) {
    Going before = going.get(it.run());
    if (before == null
        || !it.state().equals(rounds.state(it.run()))
        || !before.essence().equals(Optional.of(it.essence()))) {
      return new Reply.Gone();
    }
    channels.remove(before.channel());
    Channel channel = channel("c" + number++);
    going.put(it.run(), new Going(channel.id(), it.request(), before.progress(), before.essence()));
    attach(channel, it.sink());
    rounds.answer(it.responses());
    if (rounds.finished().isPresent()) {
      finish(new McpSessionCommand.Finish(it.run(), rounds.finished().get()));
    } else if (rounds.waiting()) {
      require(it.run(), going.get(it.run()), channel);
    }
    Client who = client.orElseThrow();
    return new Reply.Begun(it.run(), who.version(), who.capabilities());
  }

  private void require(String run, Going call, Channel channel) {
    JsonNode message = Rpc.result(call.request(), rounds.required(run));
    channel.say(Modern.dressed(message, ""));
    channel.finish();
  }

  private boolean stateless() {
    return client.filter(it -> Modern.is(it.version())).isPresent();
  }

  private Behavior<McpSessionCommand> finish(McpSessionCommand.Finish it) {
    Going call = going.get(it.run());
    Channel open = call == null ? null : channels.get(call.channel());
    if (stateless() && open != null && !open.read()) {
      rounds.keep(it.response());
      return rest();
    }
    if (stateless() && call != null && it.response() instanceof ObjectNode response) {
      response.set("id", call.request());
    }
    Going done = going.remove(it.run());
    if (done != null) {
      Channel channel = channels.get(done.channel());
      if (channel != null) {
        channel.say(it.response());
        channel.finish();
      }
    }
    return rest();
  }

  private Reply cancelled(McpSessionCommand.Cancelled it) {
    return going.entrySet().stream()
        .filter(e -> e.getValue().request().equals(it.request()))
        .findFirst()
        .<Reply>map(e -> new Reply.Begun(e.getKey(), "", Json.object()))
        .orElseGet(this::there);
  }

  private Reply answered(JsonNode response) {
    ActorRef<ClientReply> waiting = asked.remove(response.path("id").asText());
    if (waiting != null) {
      timers.cancel(new Own.Unanswered(response.path("id").asText()));
      waiting.tell(
          new ClientReply(
              Optional.ofNullable(response.get("result")),
              Optional.ofNullable(response.get("error"))));
    }
    return there();
  }

  private Behavior<McpSessionCommand> tell(McpSessionCommand.Tell it) {
    Optional<Going> call = it.run().flatMap(run -> Optional.ofNullable(going.get(run)));
    Optional<JsonNode> params = params(it, call);
    if (client.isPresent() && params.isPresent()) {
      channelFor(call).ifPresent(to -> to.say(Rpc.notification(it.method(), params.get())));
    }
    return rest();
  }

  /** What the client gets to see of it, if anything. */
  private Optional<JsonNode> params(McpSessionCommand.Tell it, Optional<Going> call) {
    return switch (it.method()) {
      case "notifications/message" ->
          Optional.of(it.params())
              .filter(_ -> LEVELS.contains(level))
              .filter(p -> LEVELS.indexOf(p.path("level").asText()) >= LEVELS.indexOf(level));
      case "notifications/progress" ->
          call.flatMap(Going::progress)
              .map(
                  token -> {
                    ObjectNode params = it.params().deepCopy();
                    params.set("progressToken", token);
                    return params;
                  });
      default -> Optional.of(it.params());
    };
  }

  private Behavior<McpSessionCommand> ask(McpSessionCommand.Ask it) {
    Optional<Going> call = it.run().flatMap(run -> Optional.ofNullable(going.get(run)));
    Optional<Channel> to = channelFor(call);
    if (client.isEmpty() || to.isEmpty() || asked.size() >= MOST_ASKED) {
      it.replyTo().tell(refused("there is no stream to ask the client over"));
      return rest();
    }
    String id = "signalbox-" + number++;
    if (stateless() && call.isPresent()) {
      return round(it, call.get(), to.get(), id);
    }
    asked.put(id, it.replyTo());
    timers.startSingleTimer(new Own.Unanswered(id), new Own.Unanswered(id), it.patience());
    to.get().say(Rpc.request(id, it.method(), it.params()));
    return rest();
  }

  /** Asks by answering: the client sends its request once more with what is asked for. */
  private Behavior<McpSessionCommand> round(
      McpSessionCommand.Ask it, Going call, Channel channel, String key) {
    Optional<String> lacking = Modern.lacking(client.orElseThrow().capabilities(), it.method());
    if (lacking.isPresent()) {
      it.replyTo().tell(refused("the client cannot be asked for " + lacking.get()));
      channel.say(Modern.missingCapability(call.request(), lacking.get()));
      channel.finish();
      going.remove(it.run().orElseThrow());
      return rest();
    }
    rounds.ask(key, it.method(), it.params(), it.replyTo());
    timers.startSingleTimer(new Own.Unanswered(key), new Own.Unanswered(key), it.patience());
    Own.Gathered gathered = new Own.Gathered(it.run().orElseThrow());
    timers.startSingleTimer(gathered, gathered, GATHERING);
    return rest();
  }

  private Behavior<McpSessionCommand> gathered(Own.Gathered it) {
    Going call = going.get(it.run());
    Channel channel = call == null ? null : channels.get(call.channel());
    if (call != null && channel != null && channel.read() && rounds.waiting()) {
      require(it.run(), call, channel);
    }
    return rest();
  }

  private Behavior<McpSessionCommand> unanswered(Own.Unanswered it) {
    rounds.forget(it.id());
    ActorRef<ClientReply> waiting = asked.remove(it.id());
    if (waiting != null) {
      waiting.tell(refused("the client did not answer in time"));
    }
    return rest();
  }

  private static ClientReply refused(String why) {
    ObjectNode error = Json.object().put("code", Rpc.INTERNAL).put("message", why);
    return new ClientReply(Optional.empty(), Optional.of(error));
  }

  /** The request's own stream; what belongs to none goes over the latest general one. */
  private Optional<Channel> channelFor(Optional<Going> call) {
    Optional<Channel> own = call.flatMap(it -> Optional.ofNullable(channels.get(it.channel())));
    return own.isPresent()
        ? own
        : channels.values().stream()
            .filter(it -> it.id().startsWith("g"))
            .reduce((_, last) -> last);
  }

  private Channel channel(String id) {
    Channel channel = new Channel(id, settings.events());
    channels.put(id, channel);
    Iterator<Channel> oldest = channels.values().iterator();
    while (channels.size() > 2 * settings.streams() && oldest.hasNext()) {
      Channel it = oldest.next();
      if (it.done() || (it.id().startsWith("g") && !it.read())) {
        oldest.remove();
      }
    }
    return channel;
  }

  private void attach(Channel channel, ActorRef<Frame> reader) {
    channel.attach(reader);
    context.watchWith(reader, new Own.Lost(channel.id(), reader));
  }

  /** Older clients do not expect an event without data. */
  private void prime(Channel channel) {
    if (client.filter(it -> Rpc.mayPoll(it.version())).isPresent()) {
      channel.prime();
    }
  }

  private void patient(Channel channel) {
    if (client.filter(it -> Rpc.mayPoll(it.version())).isPresent() && !channel.done()) {
      Own.Quiet quiet = new Own.Quiet(channel.id());
      timers.startSingleTimer(quiet, quiet, settings.polling());
    }
  }

  /** A call that takes long does not hold a connection: the client comes again for the rest. */
  private Behavior<McpSessionCommand> quiet(Own.Quiet it) {
    Channel channel = channels.get(it.channel());
    if (channel != null && !channel.done() && channel.id().startsWith("c") && asked.isEmpty()) {
      channel.release();
    } else if (channel != null) {
      patient(channel);
    }
    return Behaviors.same();
  }

  private Behavior<McpSessionCommand> lost(Own.Lost it) {
    Channel channel = channels.get(it.channel());
    if (channel != null && channel.isReader(it.reader())) {
      channel.lost();
      if (stateless()) {
        abandoned(channel);
      }
    }
    return rest();
  }

  /** In the stateless revision a client that closes a request's stream has cancelled it. */
  private void abandoned(Channel channel) {
    String tenant = entity.substring(0, entity.indexOf('|'));
    for (var call : List.copyOf(going.entrySet())) {
      if (call.getValue().channel().equals(channel.id())) {
        going.remove(call.getKey());
        ClusterSharding.get(context.getSystem())
            .entityRefFor(RunCommand.KEY, new RunId(tenant, call.getKey()).text())
            .tell(
                new RunCommand.Control(
                    RunCommand.Verb.CANCEL,
                    client.orElseThrow().by().id(),
                    Optional.of("the MCP client has closed its request"),
                    Optional.empty(),
                    context.getSystem().ignoreRef()));
      }
    }
  }

  private Behavior<McpSessionCommand> close(McpSessionCommand.Close it) {
    if (!owned(it.by())) {
      return answer(it.replyTo(), new Reply.Gone());
    }
    it.replyTo().tell(there());
    return end();
  }

  private Behavior<McpSessionCommand> idle() {
    boolean used =
        (!going.isEmpty() && rounds.finished().isEmpty())
            || channels.values().stream().anyMatch(Channel::read);
    return used ? rest() : end();
  }

  private Behavior<McpSessionCommand> end() {
    channels.values().forEach(Channel::release);
    asked.values().forEach(it -> it.tell(refused("the session has ended")));
    return Behaviors.stopped();
  }

  private interface Then {
    Reply reply();
  }

  private Behavior<McpSessionCommand> ifOwned(Principal by, ActorRef<Reply> replyTo, Then then) {
    return answer(replyTo, owned(by) ? then.reply() : new Reply.Gone());
  }

  private boolean owned(Principal by) {
    return client.filter(it -> it.by().id().equals(by.id())).isPresent();
  }

  private Behavior<McpSessionCommand> answer(ActorRef<Reply> replyTo, Reply reply) {
    replyTo.tell(reply);
    return rest();
  }

  /** One that nobody has begun is gone at once; others stay for as long as they may be idle. */
  private Behavior<McpSessionCommand> rest() {
    boolean over = client.isEmpty() || (stateless() && going.isEmpty());
    Duration stay = over ? Duration.ofSeconds(5) : settings.idle();
    timers.startSingleTimer(new Own.Idle(), new Own.Idle(), stay);
    return Behaviors.same();
  }
}
