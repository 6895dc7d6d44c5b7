package io.signalbox.runtime.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class GatherTest {
  /** Threads that run when the test says so. */
  private final Deque<Runnable> started = new ArrayDeque<>();

  private final List<List<String>> statements = new ArrayList<>();

  private Gather<String, Integer> gather(int lanes, int batch, int held) {
    return new Gather<>(
        GatherTest::connection,
        started::add,
        new Gather.Bounds(lanes, batch, held),
        (_, words) -> {
          statements.add(words);
          return words.stream().map(String::length).toList();
        });
  }

  /** One that nobody asks anything but to close. */
  private static Connection connection() {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, _) -> {
              assertThat(method.getName()).isEqualTo("close");
              return null;
            });
  }

  private void runAll() {
    while (!started.isEmpty()) {
      started.poll().run();
    }
  }

  @Test
  void whatArrivesBeforeALaneLooksIsOneStatementAnsweredInItsOrder() {
    Gather<String, Integer> lengths = gather(1, 10, 10);
    var answers = List.of(lengths.ask("a"), lengths.ask("bb"), lengths.ask("ccc"));
    runAll();
    assertThat(statements).containsExactly(List.of("a", "bb", "ccc"));
    assertThat(answers.stream().map(a -> a.toCompletableFuture().join())).containsExactly(1, 2, 3);
  }

  @Test
  void aStatementHoldsNoMoreThanABatchAndNothingIsLeftLying() {
    Gather<String, Integer> lengths = gather(1, 2, 10);
    for (String word : List.of("a", "b", "c", "d", "e")) {
      var _ = lengths.ask(word);
    }
    runAll();
    assertThat(statements).containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"));
  }

  @Test
  void noMoreLanesAreOpenedThanAllowed() {
    Gather<String, Integer> lengths = gather(2, 1, 10);
    for (String word : List.of("a", "b", "c")) {
      var _ = lengths.ask(word);
    }
    assertThat(started).hasSize(2);
    runAll();
    assertThat(statements).hasSize(3);
  }

  @Test
  void oneMoreThanMayWaitIsTurnedAway() {
    Gather<String, Integer> lengths = gather(1, 10, 1);
    var first = lengths.ask("a").toCompletableFuture();
    CompletableFuture<Integer> second = lengths.ask("b").toCompletableFuture();
    assertThatThrownBy(second::join).hasCauseInstanceOf(RejectedExecutionException.class);
    runAll();
    assertThat(first.join()).isEqualTo(1);
    assertThat(lengths.ask("c")).isNotNull();
  }

  @Test
  void aFailureReachesAllThatAskedAndTheNextStatementIsTriedAgain() {
    List<String> asked = new ArrayList<>();
    Gather<String, Integer> failing =
        new Gather<>(
            GatherTest::connection,
            started::add,
            new Gather.Bounds(1, 10, 10),
            (_, words) -> {
              asked.addAll(words);
              if (asked.size() <= 2) {
                throw new SQLException("away");
              }
              return words.stream().map(String::length).toList();
            });
    var a = failing.ask("a").toCompletableFuture();
    var b = failing.ask("b").toCompletableFuture();
    runAll();
    assertThatThrownBy(a::join).hasRootCauseMessage("away");
    assertThatThrownBy(b::join).hasRootCauseMessage("away");
    var c = failing.ask("c").toCompletableFuture();
    runAll();
    assertThat(c.join()).isEqualTo(1);
  }
}
