package io.signalbox.bench.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one benchmark, gone afterwards; on a real disk, since memory has no fsync. */
public record Scratch(Path folder) implements AutoCloseable {
  public static Scratch make() throws IOException {
    Path folder = Files.createTempDirectory("signalbox-bench");
    // the database may run as another user, who must get through
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    return new Scratch(folder);
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
