package io.signalbox.boot;

import io.signalbox.http.HealthCheck;
import io.signalbox.protocol.view.ViewQuery;
import io.signalbox.runtime.storage.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what readiness depends on, again and again; the answer is always at hand. */
final class Health implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Health.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration WHILE_DOWN = Duration.ofMillis(100);
  private static final Duration WHILE_UP = Duration.ofSeconds(1);

  private final ActorSystem<?> system;
  private final Database database;
  private final CompletableFuture<List<HealthCheck>> ready = new CompletableFuture<>();
  private final AtomicReference<Optional<ActorRef<ViewQuery>>> views =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<List<HealthCheck>> latest =
      new AtomicReference<>(List.of(new HealthCheck("database", false, "not reached yet")));
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("health").factory());

  Health(ActorSystem<?> system, Database database) {
    this.system = system;
    this.database = database;
    next(Duration.ZERO);
  }

  List<HealthCheck> latest() {
    return latest.get();
  }

  /** Completes once, at the first moment when everything is up. */
  CompletionStage<List<HealthCheck>> ready() {
    return ready;
  }

  /** Every room is open; its views can be asked from now on. */
  void opened(ActorRef<ViewQuery> room) {
    views.set(Optional.of(room));
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void look() {
    Duration pause = WHILE_DOWN;
    try {
      pause = compare();
    } catch (RuntimeException e) {
      log.warn("cannot look after this node's health", e);
    }
    next(pause);
  }

  private Duration compare() {
    List<HealthCheck> found = List.of(database(), cluster(), views());
    boolean up = found.stream().allMatch(HealthCheck::up);
    boolean was = latest.getAndSet(found).stream().allMatch(HealthCheck::up);
    if (was && !up) {
      log.warn("no longer ready: {}", found.stream().filter(check -> !check.up()).toList());
    } else if (up && !was) {
      log.info("ready");
      ready.complete(found);
    }
    return up ? WHILE_UP : WHILE_DOWN;
  }

  private void next(Duration pause) {
    try {
      var _ = clock.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("no longer looking", e);
    }
  }

  private HealthCheck database() {
    try {
      boolean valid = database.now(connection -> connection.isValid(2));
      return new HealthCheck("database", valid, valid ? "answers" : "does not answer");
    } catch (SQLException e) {
      log.debug("the database is away", e);
      return new HealthCheck("database", false, "cannot be reached");
    }
  }

  private HealthCheck cluster() {
    MemberStatus status = Cluster.get(system).selfMember().status();
    return new HealthCheck("cluster", status.equals(MemberStatus.up()), "this node is " + status);
  }

  private HealthCheck views() {
    Optional<ActorRef<ViewQuery>> room = views.get();
    if (room.isEmpty()) {
      return new HealthCheck("views", false, "starting");
    }
    CompletionStage<ViewQuery.Reply> asked =
        AskPattern.ask(room.get(), ViewQuery.Lag::new, PATIENCE, system.scheduler());
    try {
      return switch (asked.toCompletableFuture().join()) {
        case ViewQuery.Reply.Behind behind ->
            new HealthCheck("views", true, behind.rows() + " rows behind");
        case ViewQuery.Reply.Refused refused ->
            new HealthCheck("views", false, refused.refusal().detail());
        case ViewQuery.Reply.Runs _,
            ViewQuery.Reply.Approvals _,
            ViewQuery.Reply.Events _,
            ViewQuery.Reply.Schedules _,
            ViewQuery.Reply.Placed _,
            ViewQuery.Reply.Spans _ ->
            new HealthCheck("views", false, "answered something else");
      };
    } catch (CompletionException e) {
      log.debug("the views do not answer", e);
      return new HealthCheck("views", false, "do not answer");
    }
  }
}
