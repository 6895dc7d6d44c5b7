package io.signalbox.cli;

import io.signalbox.cli.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of all verbs. */
@Command(
    name = "signalbox",
    mixinStandardHelpOptions = true,
    version = Signalbox.VERSION,
    description = "An agent gateway: durable workflows, governed agents.",
    subcommands = {
      Deploy.class,
      Run.class,
      Runs.class,
      Watch.class,
      Approvals.class,
      Decision.Approve.class,
      Decision.Reject.class,
      Events.class,
      Status.class,
      Demo.class
    })
final class Signalbox implements Runnable {
  static final String VERSION = "signalbox 0.1.0";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do");
  }
}
