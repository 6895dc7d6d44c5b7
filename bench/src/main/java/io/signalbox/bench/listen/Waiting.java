package io.signalbox.bench.listen;

import io.signalbox.bench.kit.Postgres;
import io.signalbox.bench.kit.Server;
import io.signalbox.bench.kit.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Runs that wait for an event with their own id in it. */
record Waiting(Server server, Postgres.Base base) {
  private static final int CALLERS = 16;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final String DEFINITION =
      """
      document: {dsl: '1.0.3', namespace: bench, name: waiting, version: '1.0.0'}
      do:
        - hear:
            listen:
              to:
                one:
                  with: {type: bench.go}
                  correlate: {run: {from: .data.run, expect: '${ .run }'}}
        - tell: {set: {heard: '${ .[0].n }'}}
      """;

  void deploy() throws IOException {
    try (Wire wire = server.connect()) {
      Wire.Answer answer = wire.post("/v1/workflows", DEFINITION, "application/yaml");
      // a server that has just started still loads what definitions are checked with
      for (int i = 0; i < 10 && answer.status() == 503; i++) {
        answer = wire.post("/v1/workflows", DEFINITION, "application/yaml");
      }
      if (answer.status() != 200 && answer.status() != 201) {
        throw new IOException("the workflow was refused: " + answer);
      }
    }
  }

  /** Starts a run for each name and returns when all of them listen. */
  void start(List<String> names) throws IOException, InterruptedException {
    Queue<String> left = new ConcurrentLinkedQueue<>(names);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(
            threads.submit(
                () -> {
                  start(left);
                  return true;
                }));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a run was not started: " + e.getCause(), e.getCause());
    }
    String count =
        "select count(*) from subscription where run = any ('{%s}')"
            .formatted(String.join(",", names));
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (base.numbers(count)[0] < names.size()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("not all runs listen");
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private void start(Queue<String> left) throws IOException {
    try (Wire wire = server.connect()) {
      for (String name = left.poll(); name != null; name = left.poll()) {
        String order =
            "{\"id\": \"%s\", \"workflow\": {\"namespace\": \"bench\", \"name\": \"waiting\"}, \"input\": {\"run\": \"%s\"}}"
                .formatted(name, name);
        expect(201, wire.post("/v1/runs", order, "application/json"));
      }
    }
  }

  static void publish(Wire wire, String name) throws IOException {
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/bench\",\"type\":\"bench.go\",\"data\":{\"run\":\"%s\",\"n\":1}}"
            .formatted(name, name);
    expect(202, wire.post("/v1/events", event, "application/cloudevents+json"));
  }

  /** Fails unless the run has completed. */
  static void completed(Wire wire, String name) throws IOException {
    Wire.Answer answer = wire.get("/v1/runs/" + name);
    expect(200, answer);
    if (!answer.body().contains("\"status\":\"completed\"")) {
      throw new IOException("a run is not completed: " + answer);
    }
  }

  private static void expect(int status, Wire.Answer answer) throws IOException {
    if (answer.status() != status) {
      throw new IOException("expected " + status + ", was answered " + answer);
    }
  }
}
