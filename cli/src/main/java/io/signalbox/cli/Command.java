package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every verb that talks to the server has: an address, a key, and a choice of output. */
@CommandLine.Command(mixinStandardHelpOptions = true, version = Signalbox.VERSION)
abstract class Command implements Callable<Integer> {
  @Mixin private Connection connection = new Connection();

  @Option(names = "--json", description = "JSON for machines instead of text for people")
  private boolean json;

  final PrintStream out = System.out;

  /** Does the work; what it cannot do is a {@link Trouble}. */
  abstract int carryOut(Gateway gateway) throws Trouble;

  @Override
  public final Integer call() throws Trouble {
    try (Gateway gateway = connection.open()) {
      return carryOut(gateway);
    }
  }

  final Connection connection() {
    return connection;
  }

  final boolean forMachines() {
    return json;
  }

  final void show(JsonNode node) {
    out.println(Json.pretty(node));
  }
}
