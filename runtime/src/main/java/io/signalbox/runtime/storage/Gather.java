package io.signalbox.runtime.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers many questions with one statement: what arrives while a statement is under way makes up
 * the next one. A question that comes alone is answered at once; under load the database sees few
 * statements and few commits (group commit).
 *
 * @param <Q> a question
 * @param <A> its answer
 */
public final class Gather<Q, A> {
  private static final Duration KEEP = Duration.ofSeconds(30);

  private final Connections connections;
  private final Executor threads;
  private final Bounds bounds;
  private final Batch<Q, A> batch;
  private final Queue<Asked<Q, A>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger lanes = new AtomicInteger();

  /** Where a connection comes from, in auto-commit mode; it is closed after each batch. */
  @FunctionalInterface
  public interface Connections {
    Connection open() throws SQLException;
  }

  /** Answers all questions of a batch, in their order. */
  @FunctionalInterface
  public interface Batch<Q, A> {
    List<A> answer(Connection connection, List<Q> questions) throws SQLException;
  }

  /**
   * How much at a time.
   *
   * @param lanes statements under way at once
   * @param batch questions in one statement
   * @param held questions waiting; one more fails with {@link RejectedExecutionException}
   */
  public record Bounds(int lanes, int batch, int held) {}

  private record Asked<Q, A>(Q question, CompletableFuture<A> answer) {}

  /**
   * Gathers for one statement.
   *
   * @param threads may block; see {@link #threads}
   */
  public Gather(Connections connections, Executor threads, Bounds bounds, Batch<Q, A> batch) {
    this.connections = connections;
    this.threads = threads;
    this.bounds = bounds;
    this.batch = batch;
  }

  /**
   * As many threads as there are lanes, gone when idle. Platform threads: a virtual one that waits
   * for a socket is woken by way of two others, and every turn of every run waits here.
   */
  public static Executor threads(String name, int lanes) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            lanes,
            lanes,
            KEEP.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(lanes),
            Thread.ofPlatform().daemon().name("signalbox-" + name + "-", 1).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Fails with what the statement failed with. */
  public CompletionStage<A> ask(Q question) {
    if (held.incrementAndGet() > bounds.held()) {
      held.decrementAndGet();
      return CompletableFuture.failedStage(
          new RejectedExecutionException("more than " + bounds.held() + " wait for the database"));
    }
    CompletableFuture<A> answer = new CompletableFuture<>();
    waiting.add(new Asked<>(question, answer));
    if (enter()) {
      threads.execute(this::work);
    }
    return answer;
  }

  private boolean enter() {
    int busy = lanes.get();
    while (busy < bounds.lanes()) {
      if (lanes.compareAndSet(busy, busy + 1)) {
        return true;
      }
      busy = lanes.get();
    }
    return false;
  }

  private void work() {
    do {
      for (List<Asked<Q, A>> next = take(); !next.isEmpty(); next = take()) {
        answer(next);
      }
      lanes.decrementAndGet();
      // what came between the last look and the leaving must not be left lying
    } while (!waiting.isEmpty() && enter());
  }

  private List<Asked<Q, A>> take() {
    List<Asked<Q, A>> taken = new ArrayList<>();
    while (taken.size() < bounds.batch()) {
      Asked<Q, A> asked = waiting.poll();
      if (asked == null) {
        break;
      }
      taken.add(asked);
    }
    held.addAndGet(-taken.size());
    return taken;
  }

  private void answer(List<Asked<Q, A>> asked) {
    List<A> answers;
    try (Connection connection = connections.open()) {
      answers = batch.answer(connection, asked.stream().map(Asked::question).toList());
    } catch (SQLException | RuntimeException e) {
      asked.forEach(a -> a.answer().completeExceptionally(e));
      return;
    }
    for (int i = 0; i < asked.size(); i++) {
      asked.get(i).answer().complete(answers.get(i));
    }
  }
}
