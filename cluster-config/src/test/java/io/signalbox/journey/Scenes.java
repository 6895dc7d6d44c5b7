package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Plays scenarios against one gateway, some at once; each is one dynamic test. */
final class Scenes implements AutoCloseable {
  private final StepBook book = StepBook.all();
  private final ExecutorService threads;
  private final Outside demo;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger passed = new AtomicInteger();

  /**
   * Opens the stand-in for the public demo hosts.
   *
   * @param atOnce how many scenarios are played at once
   */
  Scenes(int atOnce) throws Exception {
    threads = Executors.newFixedThreadPool(atOnce);
    demo = PetStore.open();
  }

  Stream<DynamicNode> tests(Client client, List<Scenario> scenarios) {
    return scenarios.stream()
        .map(it -> new Scene(it, threads.submit(() -> play(client, it))))
        .toList()
        .stream()
        .map(it -> DynamicTest.dynamicTest(it.name(), it.scenario().file().toUri(), it::outcome));
  }

  /** Fails unless so many have passed: a scenario that was never played is no success. */
  void havePassed(int wanted) {
    assertThat(passed.get()).as("scenarios that pass").isEqualTo(wanted);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    demo.close();
  }

  private record Scene(Scenario scenario, Future<?> played) {
    String name() {
      return scenario.file().getFileName() + ": " + scenario.name();
    }

    void outcome() throws Throwable {
      try {
        played.get();
      } catch (ExecutionException e) {
        throw e.getCause() == null ? e : e.getCause();
      }
    }
  }

  private Boolean play(Client client, Scenario scenario) throws Exception {
    try (Stage stage = new Stage(client, demo, begun.incrementAndGet())) {
      for (Scenario.Step step : scenario.steps()) {
        take(stage, scenario, step);
      }
    }
    passed.incrementAndGet();
    return true;
  }

  private void take(Stage stage, Scenario scenario, Scenario.Step step) {
    try {
      book.take(stage, step);
    } catch (AssertionError | Exception e) {
      String where = scenario.file().getFileName() + ":" + step.line() + ": " + step.text();
      throw new AssertionError(where + "\n" + e.getMessage() + "\n" + stage, e);
    }
  }
}
