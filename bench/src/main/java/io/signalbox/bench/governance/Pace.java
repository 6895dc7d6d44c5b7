package io.signalbox.bench.governance;

import io.signalbox.bench.kit.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls at a steady pace, the two kinds in turn, each timed from the moment it was due: a call that
 * has to wait for its turn was late, and counts as such.
 */
final class Pace implements AutoCloseable {
  private final BlockingQueue<Wire> governed = new LinkedBlockingQueue<>();
  private final BlockingQueue<Wire> free = new LinkedBlockingQueue<>();

  /** Opens a connection. */
  interface Door {
    Wire open() throws IOException;
  }

  /** One second of both kinds. */
  record Second(List<Long> governed, List<Long> free) {}

  Pace(int connections, Door forGoverned, Door forFree) throws IOException {
    for (int i = 0; i < connections; i++) {
      governed.add(forGoverned.open());
      free.add(forFree.open());
    }
  }

  /** So many seconds at so many calls a second. */
  List<Second> run(int seconds, int rate) throws IOException, InterruptedException {
    List<List<Future<Long>>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long begin = System.nanoTime();
      for (int i = 0; i < seconds * rate; i++) {
        long due = begin + i * 1_000_000_000L / rate;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        if (i % rate == 0) {
          all.add(new ArrayList<>());
        }
        int number = i;
        all.getLast().add(threads.submit(() -> call(number, due)));
      }
      List<Second> measured = new ArrayList<>();
      // an odd rate would give every second another first kind: the number of the call decides
      int number = 0;
      for (List<Future<Long>> second : all) {
        var it = new Second(new ArrayList<>(), new ArrayList<>());
        for (Future<Long> call : second) {
          (number++ % 2 == 0 ? it.governed() : it.free()).add(call.get());
        }
        measured.add(it);
      }
      return measured;
    } catch (ExecutionException e) {
      throw new IOException("a call failed: " + e.getCause(), e.getCause());
    }
  }

  private long call(int number, long due) throws IOException, InterruptedException {
    BlockingQueue<Wire> connections = number % 2 == 0 ? governed : free;
    String tool = number % 2 == 0 ? Setting.GOVERNED : Setting.FREE;
    Wire wire = connections.take();
    try {
      Wire.Answer answer =
          wire.post(
              "/v1/tools/" + tool + "/call",
              """
              {"arguments": {"order": %d, "to": "shop@firm.example", "note": "two boxes of paper, by Friday"}}"""
                  .formatted(1 + number),
              "application/json");
      if (answer.status() != 200) {
        throw new IOException(tool + " was answered " + answer);
      }
      return System.nanoTime() - due;
    } finally {
      connections.add(wire);
    }
  }

  @Override
  public void close() throws IOException {
    for (Wire wire : governed) {
      wire.close();
    }
    for (Wire wire : free) {
      wire.close();
    }
  }
}
