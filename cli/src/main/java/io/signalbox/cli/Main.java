package io.signalbox.cli;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The command line's entry: exit 0 on success, 2 for wrong usage, 1 otherwise. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    return new CommandLine(new Signalbox())
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setExecutionExceptionHandler((failure, _, _) -> told(failure))
        .execute(args);
  }

  private static int told(Exception failure) {
    PrintStream err = System.err;
    if (failure instanceof Trouble trouble) {
      err.println(Ink.RED.on("signalbox: ") + trouble.what());
      trouble.places().forEach(place -> err.println("  at " + place));
      err.println("  what to do: " + trouble.advice());
    } else {
      err.println(Ink.RED.on("signalbox: ") + "a bug in the command line: " + failure);
      failure.printStackTrace(err);
    }
    return 1;
  }
}
