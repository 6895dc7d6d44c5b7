package io.signalbox.http;

import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.access.AccessCommand;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.agent.SessionView;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.event.EventCommand;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.view.ViewQuery;
import io.signalbox.protocol.view.ViewQuery.HistoryEvent;
import io.signalbox.protocol.view.ViewQuery.RunRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Stand-ins for the other rooms: they keep to the protocol, in memory.
 *
 * <p>Longer than 300 lines because every room that this one asks has its stand-in here.
 */
final class Fakes {
  private static final Map<String, Principal> KEYS =
      Map.of(
          "admin-key", new Principal("default", "user:root", Set.of("admin"), true),
          "carol-key", new Principal("default", "user:carol", Set.of("compliance"), false),
          "other-key", new Principal("other", "user:eve", Set.of("admin"), false));

  private Fakes() {}

  static Behavior<CatalogCommand> catalog(World world) {
    return Behaviors.receiveMessage(
        command -> {
          if (world.awake) {
            command.replyTo().tell(answer(world, command));
          }
          return Behaviors.same();
        });
  }

  private static CatalogReply answer(World world, CatalogCommand command) {
    return switch (command) {
      case CatalogCommand.DeployWorkflow it when it.text().contains("bad") ->
          new CatalogReply.Refused(
              new Refusal.Invalid(
                  "2 faults",
                  List.of(new Fault("/do/0/x", "is wrong"), new Fault("/do/1", "is missing"))));
      case CatalogCommand.DeployWorkflow it -> {
        Resource made =
            World.resource("workflow", "acme", "sent", "1.0.0", Json.object(), it.text());
        String key = it.tenant() + "|workflow|acme|sent|1.0.0";
        yield new CatalogReply.Kept(made, world.catalog.put(key, made) == null);
      }
      case CatalogCommand.GetWorkflow it ->
          find(
              world,
              it.tenant()
                  + "|workflow|"
                  + it.namespace()
                  + "|"
                  + it.name()
                  + "|"
                  + it.version().orElse(""));
      case CatalogCommand.ListWorkflows it ->
          page(
              world,
              it.tenant()
                  + "|workflow|"
                  + it.namespace().map(n -> n + "|").orElse("")
                  + it.name().map(n -> n + "|").orElse(""),
              it.limit());
      case CatalogCommand.DeleteWorkflow it ->
          gone(
              world,
              it.tenant() + "|workflow|" + it.namespace() + "|" + it.name() + "|" + it.version());
      case CatalogCommand.PutAgent it ->
          kept(
              world,
              it.tenant(),
              World.resource("agent", "", it.agent().name(), "1", it.body(), ""));
      case CatalogCommand.PutTool it ->
          kept(
              world, it.tenant(), World.resource("tool", "", it.tool().name(), "1", it.body(), ""));
      case CatalogCommand.PutPolicy it ->
          kept(
              world,
              it.tenant(),
              World.resource("policy", "", it.policy().name(), "1", it.body(), ""));
      case CatalogCommand.PutGuardrail it ->
          kept(
              world,
              it.tenant(),
              World.resource("guardrail", "", it.guardrail().name(), "1", it.body(), ""));
      case CatalogCommand.Put it ->
          kept(world, it.tenant(), World.resource(it.kind(), "", it.name(), "1", it.body(), ""));
      case CatalogCommand.Get it -> find(world, key(it.tenant(), it.kind(), it.name()));
      case CatalogCommand.List it -> page(world, it.tenant() + "|" + it.kind() + "|", it.limit());
      case CatalogCommand.OfMcp _ -> new CatalogReply.Mcp(List.of());
      case CatalogCommand.Delete it -> gone(world, key(it.tenant(), it.kind(), it.name()));
    };
  }

  private static String key(String tenant, String kind, String name) {
    return tenant + "|" + kind + "||" + name + "|1";
  }

  private static CatalogReply kept(World world, String tenant, Resource resource) {
    String key = key(tenant, resource.kind(), resource.name());
    return new CatalogReply.Kept(resource, world.catalog.put(key, resource) == null);
  }

  private static CatalogReply find(World world, String prefix) {
    return world.catalog.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .findFirst()
        .<CatalogReply>map(e -> new CatalogReply.Found(e.getValue()))
        .orElseGet(() -> new CatalogReply.Refused(new Refusal.NotFound("no " + prefix)));
  }

  private static CatalogReply page(World world, String prefix, int limit) {
    List<Resource> all =
        world.catalog.entrySet().stream()
            .filter(e -> e.getKey().startsWith(prefix))
            .map(Map.Entry::getValue)
            .toList();
    return new CatalogReply.Page(
        all.subList(0, Math.min(limit, all.size())),
        all.size() > limit ? Optional.of("more") : Optional.empty());
  }

  private static CatalogReply gone(World world, String key) {
    return world.catalog.remove(key) == null
        ? new CatalogReply.Refused(new Refusal.NotFound("no " + key))
        : new CatalogReply.Gone();
  }

  static Behavior<EventCommand> events(World world) {
    return Behaviors.receiveMessage(
        command -> {
          switch (command) {
            case EventCommand.Publish publish -> publish(world, publish);
            case EventCommand.ListDeadLetters it ->
                it.replyTo()
                    .tell(
                        new EventCommand.Reply.DeadLetters(
                            world.deadLetters.stream().limit(it.limit()).toList(),
                            world.deadLetters.size() > it.limit()
                                ? Optional.of("next")
                                : Optional.empty()));
            case EventCommand.Resend it ->
                it.replyTo()
                    .tell(
                        world.deadLetters.removeIf(letter -> letter.id().equals(it.id()))
                            ? new EventCommand.Reply.Resent()
                            : new EventCommand.Reply.Refused(new Refusal.NotFound("none")));
            case EventCommand.Subscribe _, EventCommand.Unsubscribe _ ->
                throw new IllegalArgumentException("no run lives here");
          }
          return Behaviors.same();
        });
  }

  private static void publish(World world, EventCommand.Publish publish) {
    int before = world.events.size();
    publish.events().stream()
        .filter(
            e ->
                world.events.stream()
                    .noneMatch(k -> k.id().equals(e.id()) && k.source().equals(e.source())))
        .forEach(world.events::add);
    publish.replyTo().tell(new EventCommand.Reply.Accepted(world.events.size() - before));
  }

  static Behavior<ViewQuery> views(World world) {
    return Behaviors.receiveMessage(
        query -> {
          switch (query) {
            case ViewQuery.ListRuns it ->
                it.replyTo()
                    .tell(
                        new ViewQuery.Reply.Runs(
                            List.of(
                                new RunRow(
                                    "r1",
                                    "acme",
                                    "hello",
                                    "1.0.0",
                                    it.status().orElse("running"),
                                    Map.of(),
                                    World.T,
                                    Optional.empty(),
                                    List.of())),
                            Optional.of("c2")));
            case ViewQuery.ListApprovals it ->
                it.replyTo().tell(new ViewQuery.Reply.Approvals(List.of(), Optional.empty()));
            case ViewQuery.GetApproval it ->
                it.replyTo().tell(new ViewQuery.Reply.Approvals(List.of(), Optional.empty()));
            case ViewQuery.ListSchedules it ->
                it.replyTo()
                    .tell(
                        new ViewQuery.Reply.Schedules(
                            List.of(
                                new ViewQuery.ScheduleRow(
                                    new WorkflowRef("acme", "hello", "1.0.0"),
                                    "cron",
                                    "0 0 * * *",
                                    Optional.of(World.T),
                                    Optional.empty(),
                                    Optional.empty())),
                            it.cursor()));
            case ViewQuery.Places it -> it.replyTo().tell(new ViewQuery.Reply.Placed(Map.of()));
            case ViewQuery.History it -> it.replyTo().tell(history(world, it));
            case ViewQuery.Trace it ->
                it.replyTo().tell(new ViewQuery.Reply.Spans(Json.object().put("name", "run")));
            case ViewQuery.Lag it -> it.replyTo().tell(new ViewQuery.Reply.Behind(0));
          }
          return Behaviors.same();
        });
  }

  private static ViewQuery.Reply history(World world, ViewQuery.History it) {
    List<HistoryEvent> all = world.histories.getOrDefault(it.run(), List.of());
    List<HistoryEvent> wanted =
        all.stream().filter(e -> e.seq() > it.after()).limit(it.limit()).toList();
    boolean ended =
        wanted.size() < it.limit()
            && !all.isEmpty()
            && all.getLast().type().equals("workflow.completed");
    return new ViewQuery.Reply.Events(wanted, ended);
  }

  static Behavior<AccessCommand> access() {
    Map<String, AccessCommand.Reply> claims = new HashMap<>();
    Map<String, String> hashes = new HashMap<>();
    return Behaviors.receiveMessage(
        command -> {
          switch (command) {
            case AccessCommand.Authenticate it ->
                it.replyTo()
                    .tell(
                        Optional.ofNullable(KEYS.get(it.bearer()))
                            .<AccessCommand.Reply>map(AccessCommand.Reply.Known::new)
                            .orElseGet(AccessCommand.Reply.Unknown::new));
            case AccessCommand.Claim it -> {
              String key = it.tenant() + "|" + it.key();
              String known = hashes.putIfAbsent(key, it.requestHash());
              it.replyTo()
                  .tell(claimed(known, it.requestHash(), Optional.ofNullable(claims.get(key))));
            }
            case AccessCommand.Keep it -> {
              claims.put(
                  it.tenant() + "|" + it.key(),
                  new AccessCommand.Reply.Replay(it.status(), it.body()));
              it.replyTo().tell(new AccessCommand.Reply.Done());
            }
            case AccessCommand.Release it -> {
              hashes.remove(it.tenant() + "|" + it.key());
              it.replyTo().tell(new AccessCommand.Reply.Done());
            }
            case AccessCommand.CreateKey it ->
                it.replyTo()
                    .tell(
                        new AccessCommand.Reply.Created(
                            new AccessCommand.Key(
                                "k1",
                                it.principal(),
                                it.roles(),
                                World.T,
                                it.expires(),
                                it.scopes()),
                            "s3cret"));
            case AccessCommand.RotateKey it ->
                it.replyTo()
                    .tell(new AccessCommand.Reply.Refused(new Refusal.NotFound("no such key")));
            case AccessCommand.ActFor it ->
                it.replyTo().tell(new AccessCommand.Reply.Known(it.by()));
            case AccessCommand.Simulate it ->
                it.replyTo().tell(new AccessCommand.Reply.Told(Json.object()));
            case AccessCommand.ReplayPolicies it ->
                it.replyTo().tell(new AccessCommand.Reply.Told(Json.object()));
            case AccessCommand.ListKeys it ->
                it.replyTo().tell(new AccessCommand.Reply.Keys(List.of()));
            case AccessCommand.RevokeKey it ->
                it.replyTo()
                    .tell(new AccessCommand.Reply.Refused(new Refusal.NotFound("no such key")));
          }
          return Behaviors.same();
        });
  }

  private static AccessCommand.Reply claimed(
      @Nullable String known, String hash, Optional<AccessCommand.Reply> kept) {
    if (known == null) {
      return new AccessCommand.Reply.Fresh();
    }
    if (!known.equals(hash)) {
      return new AccessCommand.Reply.Refused(
          new Refusal.Invalid("this key came with another request", List.of()));
    }
    return kept.orElseGet(
        () -> new AccessCommand.Reply.Refused(new Refusal.Conflict("still under way")));
  }

  static Behavior<SessionCommand> session(String agent) {
    return Behaviors.receiveMessage(
        command -> {
          if (command instanceof SessionCommand.Get get) {
            get.replyTo().tell(new SessionView(agent, "s", "idle", List.of(), Usage.NONE));
          }
          return Behaviors.same();
        });
  }

  static final Refusal.TooBusy BUSY = new Refusal.TooBusy("too many runs", Duration.ofSeconds(7));
}
