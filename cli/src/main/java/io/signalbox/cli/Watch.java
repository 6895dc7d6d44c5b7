package io.signalbox.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Follows a run's history live until it ends. */
@CommandLine.Command(
    name = "watch",
    description = "Follow a run from its beginning to its end. With --json one event a line.")
final class Watch extends Command {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Parameters(index = "0", paramLabel = "RUN", description = "the run's id")
  private String run = "";

  @Override
  int carryOut(Gateway gateway) throws Trouble {
    return follow(gateway, run, forMachines(), out);
  }

  static int follow(Gateway gateway, String run, boolean machines, PrintStream out) throws Trouble {
    AtomicReference<String> lastType = new AtomicReference<>("");
    new HistoryStream(gateway, Names.segment(run), PATIENCE)
        .follow(
            event -> {
              lastType.set(event.type());
              if (machines) {
                out.println(event.json());
              } else if (HistoryLine.worthShowing(event)) {
                out.println(HistoryLine.of(event));
              }
            });
    return lastType.get().equals("workflow.completed") ? 0 : 1;
  }
}
