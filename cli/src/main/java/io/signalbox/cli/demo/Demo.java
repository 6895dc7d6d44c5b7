package io.signalbox.cli.demo;

import io.signalbox.cli.Trouble;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs the compliance example against a sandbox, kills the server twice, and checks the outcome.
 */
@CommandLine.Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "A pull request's compliance review from nothing to its end, against a sandbox of GitHub,",
      "Jira and Slack. The server is killed twice on the way. Exits with 1 if any effect was lost",
      "or happened twice."
    })
public final class Demo implements Callable<Integer> {
  /** The two answers, of which at most one can be given. */
  static final class Answer {
    @Option(names = "--approve", description = "the officer says yes")
    private boolean approve;

    @Option(names = "--reject", description = "the officer says no")
    private boolean reject;

    Decision decision() {
      return approve ? Decision.APPROVE : reject ? Decision.REJECT : Decision.ASK;
    }
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @ArgGroup private Answer answer = new Answer();

  @Option(names = "--port", paramLabel = "N", description = "the server's port (any free one)")
  private int port;

  @Option(names = "--db-url", paramLabel = "URL", description = "a PostgreSQL of your own")
  private Optional<String> database = Optional.empty();

  @Option(names = "--keep", description = "keep the demo's folder")
  private boolean keep;

  @Override
  public Integer call() throws Trouble {
    Decision decision = answer.decision();
    if (decision == Decision.ASK && !canAsk()) {
      throw new ParameterException(
          spec.commandLine(), "there is no terminal to ask on: say --approve or --reject");
    }
    Stage stage = new Stage();
    Place place = Place.fresh();
    try (Cast cast = new Cast(place)) {
      return play(stage, place, cast, decision);
    }
  }

  private int play(Stage stage, Place place, Cast cast, Decision decision) throws Trouble {
    try {
      stage.chapter("Everything starts");
      stage.note("folder " + place.folder());
      if (keep) {
        cast.keepFolder();
      }
      Outside outside = cast.add(Outside.start(place, stage), Outside::stop);
      Server server =
          cast.add(new Server(place, port, database, outside.url(), stage), Server::stop);
      server.start();
      List<String> faults = new Story(stage, server, outside, place).tell(decision);
      return verdict(stage, faults, cast);
    } catch (Trouble trouble) {
      cast.keepFolder();
      stage.bad("The demo stops here; its folder is kept: " + place.folder());
      throw trouble;
    }
  }

  private int verdict(Stage stage, List<String> faults, Cast cast) {
    stage.chapter("The outcome");
    if (faults.isEmpty()) {
      stage.good("Every effect happened exactly once, although the server was killed twice.");
      stage.good(
          "No settled task was started again; the call in flight was unknown, then probed, then settled.");
      return 0;
    }
    cast.keepFolder();
    faults.forEach(stage::bad);
    return 1;
  }

  /** The launcher knows whether there is a person at both ends. */
  private static boolean canAsk() {
    return Boolean.getBoolean("signalbox.asks");
  }
}
