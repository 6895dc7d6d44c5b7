package io.signalbox.agents.hands.process;

import java.util.ArrayList;
import java.util.List;

/** The command line that puts a process into a group of its own and within its limits. Pure. */
final class Bounds {
  private Bounds() {}

  /**
   * {@code setsid} makes it the leader of a group that can be killed as one, {@code prlimit} bounds
   * what it takes, {@code unshare} takes the network away, {@code setpriv} its rights.
   */
  static List<String> around(ProcessSettings settings, Launch.Limits which, List<String> command) {
    List<String> line = new ArrayList<>(List.of("setsid"));
    if (which == Launch.Limits.NONE) {
      line.addAll(command);
      return List.copyOf(line);
    }
    ProcessSettings.Limits limits = settings.limits();
    if (!settings.network()) {
      line.add("unshare");
      line.add("--net");
      // who may not do so as they are may as root of a namespace of their own
      if (settings.user().isEmpty()) {
        line.add("--map-root-user");
      }
    }
    line.add("prlimit");
    if (which == Launch.Limits.ALL) {
      line.add("--as=" + limits.memory());
    }
    line.add("--cpu=" + limits.cpu().toSeconds());
    line.add("--nofile=" + limits.files());
    line.add("--fsize=" + limits.fileSize());
    // counted per user: only one that nobody else is can be bounded
    settings.user().ifPresent(_ -> line.add("--nproc=" + limits.processes()));
    line.add("--core=0");
    line.addAll(List.of("setpriv", "--no-new-privs"));
    settings
        .user()
        .map(user -> user.split(":", 2))
        .ifPresent(
            user ->
                line.addAll(List.of("--reuid=" + user[0], "--regid=" + user[1], "--clear-groups")));
    line.add("--");
    line.addAll(command);
    return List.copyOf(line);
  }
}
