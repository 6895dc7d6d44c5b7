package io.signalbox.boot.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that runs and is watched. It keeps its address for as long as this handle is held,
 * also over restarts.
 */
public final class Running implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Running.class);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Home home;
  private final boolean adopted;
  private final int port;
  private final String password;
  private final AtomicReference<Postmaster> postmaster;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("postgres-watch").factory());

  Running(Home home, Postmaster postmaster, boolean adopted) throws IOException {
    this.adopted = adopted;
    this.home = home;
    this.port = postmaster.port();
    this.password = home.password();
    this.postmaster = new AtomicReference<>(postmaster);
    watch(postmaster);
  }

  public String url() {
    return EmbeddedPostgres.url(port, EmbeddedPostgres.DATABASE);
  }

  public String user() {
    return EmbeddedPostgres.USER;
  }

  public String password() {
    return password;
  }

  /** The server's process id; another one after it has been started again. */
  public long pid() {
    return postmaster.get().process().pid();
  }

  /** Where it lies. */
  public Path folder() {
    return home.folder();
  }

  /** Whether it ran before; others may be using it then. */
  public boolean adopted() {
    return adopted;
  }

  /** Stops watching and leaves the server running, for the next start to adopt. */
  public void release() {
    watch.shutdownNow();
  }

  /** Stops the server in an orderly way. */
  @Override
  public void close() {
    watch.shutdownNow();
    try {
      home.account()
          .run(
              STOP.plusSeconds(5),
              home.program("pg_ctl"),
              "stop",
              "--wait",
              "--mode=fast",
              "--timeout=" + STOP.toSeconds(),
              "--pgdata=" + home.cluster());
    } catch (IOException e) {
      log.warn("the embedded database did not stop in an orderly way: {}", e.getMessage());
    }
  }

  private void watch(Postmaster living) {
    var _ = living.process().onExit().thenRun(() -> again(living, 0));
  }

  private void again(Postmaster dead, int attempt) {
    if (watch.isShutdown()) {
      return;
    }
    if (attempt == 0) {
      log.warn("the embedded database (pid {}) has died; starting it", dead.process().pid());
    }
    long pause = Math.min(LONGEST_PAUSE.toMillis(), 200L << Math.min(attempt, 5));
    long jittered = attempt == 0 ? 0 : pause / 2 + ThreadLocalRandom.current().nextLong(pause);
    try {
      var _ = watch.schedule(() -> restart(dead, attempt), jittered, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("no longer watching", e);
    }
  }

  /** Tries for as long as the gateway wants a database: its children may linger for a moment. */
  private void restart(Postmaster dead, int attempt) {
    try {
      Postmaster fresh = EmbeddedPostgres.launch(home, port);
      postmaster.set(fresh);
      log.info("the embedded database runs again with pid {}", fresh.process().pid());
      watch(fresh);
    } catch (IOException e) {
      log.warn("the embedded database does not start yet: {}", e.getMessage());
      again(dead, attempt + 1);
    }
  }
}
