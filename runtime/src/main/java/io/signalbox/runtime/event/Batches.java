package io.signalbox.runtime.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Gathers what comes in while others are being written: the first is written at once, and the more
 * there is, the more go into one transaction. Not for several threads.
 */
final class Batches<T> {
  private final int most;
  private final int writers;
  private final ToIntFunction<T> size;
  private final Deque<T> waiting = new ArrayDeque<>();
  private int writing;
  private int held;

  /**
   * Batches of at most so many, unless a single one is larger.
   *
   * @param writers batches written at a time; with one, they are written in order
   */
  Batches(int most, int writers, ToIntFunction<T> size) {
    this.most = most;
    this.writers = writers;
    this.size = size;
  }

  /** How much is waiting or being written. */
  int held() {
    return held;
  }

  void add(T item) {
    waiting.add(item);
    held += size.applyAsInt(item);
  }

  /** What to write now; empty when there is nothing, or enough is being written. */
  List<T> next() {
    if (waiting.isEmpty() || writing >= writers) {
      return List.of();
    }
    List<T> batch = new ArrayList<>();
    int sum = 0;
    while (!waiting.isEmpty()
        && (batch.isEmpty() || sum + size.applyAsInt(waiting.getFirst()) <= most)) {
      sum += size.applyAsInt(waiting.getFirst());
      batch.add(waiting.removeFirst());
    }
    writing++;
    return batch;
  }

  /** A batch is written, or could not be. */
  void done(List<T> batch) {
    writing--;
    held -= batch.stream().mapToInt(size).sum();
  }
}
