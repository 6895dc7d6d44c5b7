package io.signalbox.boot.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database server that lives, as its own pid file tells. */
record Postmaster(ProcessHandle process, int port) {
  private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

  /**
   * The server of this cluster folder, if one lives; a reused process id is not mistaken for it.
   */
  static Optional<Postmaster> of(Path cluster) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
    } catch (NoSuchFileException e) {
      log.debug("no server has claimed {}", cluster, e);
      return Optional.empty();
    }
    if (lines.size() < 4) {
      return Optional.empty();
    }
    long pid = Long.parseLong(lines.get(0).strip());
    int port = Integer.parseInt(lines.get(3).strip());
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(_ -> worksIn(pid, cluster))
        .map(process -> new Postmaster(process, port));
  }

  private static boolean worksIn(long pid, Path cluster) {
    try {
      return Path.of("/proc", Long.toString(pid), "cwd").toRealPath().equals(cluster.toRealPath());
    } catch (IOException e) {
      log.debug("process {} cannot be looked into, so it is not ours", pid, e);
      return false;
    }
  }
}
