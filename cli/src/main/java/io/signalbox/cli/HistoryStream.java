package io.signalbox.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A run's history from its beginning to its end; goes on where it was after the server was away.
 */
public final class HistoryStream {
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final Gateway gateway;
  private final String run;
  private final Duration patience;
  private long last;
  private boolean ended;

  /** {@code patience}: how long the server may be away at a time. */
  public HistoryStream(Gateway gateway, String run, Duration patience) {
    this.gateway = gateway;
    this.run = run;
    this.patience = patience;
  }

  /** Hands over every event once, in order, and returns when the run has ended. */
  public void follow(Consumer<HistoryEvent> reader) throws Trouble {
    long lost = System.nanoTime();
    while (!ended) {
      long before = last;
      try (Stream<String> lines = gateway.stream("/v1/runs/" + run + "/history", last)) {
        read(lines.iterator(), reader);
        lost = System.nanoTime();
        ended = ended || over();
      } catch (IOException | UncheckedIOException away) {
        lost = last > before ? System.nanoTime() : lost;
      } catch (Trouble trouble) {
        if (trouble.status() < 500) {
          throw trouble;
        }
      }
      if (System.nanoTime() - lost > patience.toNanos()) {
        throw gateway.unreachable();
      }
      if (!ended) {
        Pause.of(PAUSE);
      }
    }
  }

  /** A stream that was closed in good order: has the run ended, or only the server stopped? */
  private boolean over() throws Trouble {
    return switch (gateway.get("/v1/runs/" + run).path("status").asText()) {
      case "completed", "faulted", "cancelled" -> true;
      default -> false;
    };
  }

  private void read(Iterator<String> lines, Consumer<HistoryEvent> reader) {
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith("data:")) {
        HistoryEvent event = HistoryEvent.of(Json.lenient(line.substring("data:".length())));
        if (event.seq() > last) {
          last = event.seq();
          ended = event.ends();
          reader.accept(event);
        }
      }
    }
  }
}
