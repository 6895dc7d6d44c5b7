package io.signalbox.agents.hands.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process to be started.
 *
 * @param command program and arguments, without what bounds them
 * @param environment all of it; nothing is inherited
 * @param files to be put into its working folder, by name
 * @param after what is to be run when it had to be killed
 */
record Launch(
    List<String> command,
    Map<String, String> environment,
    Map<String, String> files,
    Optional<String> stdin,
    Limits limits,
    List<String> after) {
  /** Which limits of the operating system apply to it. */
  enum Limits {
    ALL,
    /** For runtimes that reserve far more address space than they use. */
    ALL_BUT_MEMORY,
    /** An engine's command line only asks somebody else, who applies limits of their own. */
    NONE
  }

  Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    files = Map.copyOf(files);
    after = List.copyOf(after);
  }
}
