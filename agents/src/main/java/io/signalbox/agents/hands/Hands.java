package io.signalbox.agents.hands;

import io.signalbox.agents.guard.watch.Watch;
import io.signalbox.agents.guard.watch.WatchedCalls;
import io.signalbox.agents.hands.fuse.Fuses;
import io.signalbox.agents.hands.mcp.McpServers;
import io.signalbox.agents.hands.quota.Accounts;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Carries out every call to the outside, each on a virtual thread of its own, a bounded number at a
 * time. Each order is answered to its run exactly once, unless this node dies first.
 */
public final class Hands extends AbstractBehavior<Perform> {
  private static final Duration COME_BACK = Duration.ofSeconds(2);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Toolbox toolbox;
  private final AtOnce atOnce;
  private final RunDoor runs;
  private final Accounts accounts;
  private final WatchedCalls watched;
  private final Fuses fuses;
  private final Semaphore free;

  private Hands(
      ActorContext<Perform> context,
      HandsSettings settings,
      McpServers servers,
      RunDoor runs,
      Accounts accounts,
      Watch watch,
      Fuses fuses,
      AtOnce atOnce) {
    super(context);
    this.accounts = accounts;
    this.toolbox = Toolbox.open(settings, servers, InstantSource.system());
    toolbox.prepare();
    this.atOnce = atOnce;
    atOnce.with(Optional.of(toolbox));
    this.runs = runs;
    this.watched = new WatchedCalls(watch);
    this.fuses = fuses;
    this.free = new Semaphore(settings.maxInFlight());
  }

  public static Behavior<Perform> create(
      HandsSettings settings, RunDoor runs, Accounts accounts, Watch watch, Fuses fuses) {
    return create(settings, McpServers.none(), runs, accounts, watch, fuses, new AtOnce());
  }

  /**
   * The same with servers of the Model Context Protocol within reach.
   *
   * @param atOnce may use these hands' tools as long as they are open
   */
  public static Behavior<Perform> create(
      HandsSettings settings,
      McpServers servers,
      RunDoor runs,
      Accounts accounts,
      Watch watch,
      Fuses fuses,
      AtOnce atOnce) {
    return Behaviors.setup(
        context -> new Hands(context, settings, servers, runs, accounts, watch, fuses, atOnce));
  }

  /** The tools that come with the gateway. */
  public static List<ToolDefinition> builtins(HandsSettings settings) {
    try (var toolbox = Toolbox.open(settings, InstantSource.system())) {
      return toolbox.builtins();
    }
  }

  @Override
  public Receive<Perform> createReceive() {
    return newReceiveBuilder()
        .onMessage(Perform.class, this::begin)
        .onSignal(PreRestart.class, _ -> stop())
        .onSignal(PostStop.class, _ -> stop())
        .build();
  }

  private Behavior<Perform> begin(Perform order) {
    Optional<Outcome> done = atOnce.apply(order);
    if (done.isPresent()) {
      answer(order, done.get());
      return this;
    }
    if (!free.tryAcquire()) {
      answer(order, tooMuch());
      return this;
    }
    threads.execute(
        () -> {
          try {
            runs.tell(order.run(), watched.carryOut(order, this::counted));
          } finally {
            free.release();
          }
        });
    return this;
  }

  /** What a fuse holds back did certainly not happen, and comes back to the budgets. */
  private Outcome counted(Perform order) {
    return accounts.within(order, () -> fuses.around(order, () -> toolbox.carryOut(order)));
  }

  private void answer(Perform order, Outcome outcome) {
    runs.tell(order.run(), new RunCommand.Performed(order.key(), order.attempt(), outcome));
  }

  private static Outcome tooMuch() {
    return new Outcome.Failed(
        "communication", 503, "too many calls in flight at this node", Optional.of(COME_BACK));
  }

  private Behavior<Perform> stop() {
    threads.shutdownNow();
    atOnce.with(Optional.empty());
    toolbox.close();
    return this;
  }
}
