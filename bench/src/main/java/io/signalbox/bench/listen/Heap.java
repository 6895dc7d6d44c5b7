package io.signalbox.bench.listen;

import io.signalbox.bench.kit.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server's heap, asked with {@code jcmd}. */
record Heap(long pid) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  /** Bytes in use right after full collections. */
  long used() throws IOException, InterruptedException {
    // the second one frees what the first one found to be unreachable but had to finalize or clean
    ask("GC.run");
    LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
    ask("GC.run");
    long used = 0;
    for (String line : ask("GC.heap_info").lines().toList()) {
      Matcher found = USED.matcher(line);
      if (!line.contains("Metaspace") && !line.contains("class space") && found.find()) {
        used += Long.parseLong(found.group(1)) * 1024;
      }
    }
    if (used == 0) {
      throw new IOException("jcmd told nothing of the heap");
    }
    return used;
  }

  /** Waits until there is no object of this class; fails when that takes too long. */
  void without(String type) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (ask("GC.class_histogram")
        .lines()
        .anyMatch(line -> line.matches(".*\\s" + Pattern.quote(type) + "(\\s.*)?"))) {
      if (System.nanoTime() > deadline) {
        throw new IOException("there are still objects of " + type);
      }
      LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
    }
  }

  private String ask(String command) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home", ""), "bin", "jcmd").toString();
    return Command.run(
        Path.of("."), PATIENCE, Map.of(), List.of(jcmd, Long.toString(pid), command));
  }
}
