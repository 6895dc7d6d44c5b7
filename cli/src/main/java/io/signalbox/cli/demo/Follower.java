package io.signalbox.cli.demo;

import io.signalbox.cli.Gateway;
import io.signalbox.cli.HistoryEvent;
import io.signalbox.cli.HistoryStream;
import io.signalbox.cli.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Shows a run's history as it happens, through the server's restarts, and keeps it. */
final class Follower {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Stage stage;
  private final List<HistoryEvent> seen = new ArrayList<>();
  private Optional<Trouble> trouble = Optional.empty();

  private Follower(Stage stage) {
    this.stage = stage;
  }

  static Follower of(Gateway gateway, String run, Stage stage) {
    Follower follower = new Follower(stage);
    HistoryStream stream = new HistoryStream(gateway, run, PATIENCE);
    Thread.ofVirtual()
        .name("follow")
        .start(
            () -> {
              try {
                stream.follow(follower::saw);
              } catch (Trouble it) {
                follower.broke(it);
              }
            });
    return follower;
  }

  private synchronized void saw(HistoryEvent event) {
    stage.event(event);
    seen.add(event);
    notifyAll();
  }

  private synchronized void broke(Trouble it) {
    trouble = Optional.of(it);
    notifyAll();
  }

  synchronized List<HistoryEvent> all() {
    return List.copyOf(seen);
  }

  /** Waits for the first event of its kind; an end of the run that comes before it is a trouble. */
  synchronized HistoryEvent await(String what, Predicate<HistoryEvent> wanted, Duration patience)
      throws Trouble {
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<HistoryEvent> found = seen.stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      if (trouble.isPresent()) {
        throw trouble.get();
      }
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0 || seen.stream().anyMatch(HistoryEvent::ends)) {
        throw Trouble.here(
            "waited for " + what + ", which did not come", "the run's history above says why");
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Trouble.here("interrupted", "start the demo again");
      }
    }
  }
}
