package io.signalbox.cli.demo;

import io.signalbox.cli.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The demo's own fresh folder: the server's data, the sandbox's journal, and what both said. */
record Place(Path folder) {
  static Place fresh() throws Trouble {
    try {
      Path folder = Files.createTempDirectory("signalbox-demo-");
      // the embedded database may run as another user, who must get through
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      return new Place(folder);
    } catch (IOException e) {
      throw Trouble.here(
          "cannot make a folder for the demo: " + e.getMessage(),
          "set JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR to a folder that can be written");
    }
  }

  Path data() {
    return folder.resolve("data");
  }

  Path sandbox() {
    return folder.resolve("sandbox");
  }

  Path output(String name) {
    return folder.resolve(name + ".out");
  }

  String adminKey() throws Trouble {
    try {
      return Files.readString(data().resolve("admin.key")).strip();
    } catch (IOException e) {
      throw Trouble.here("the server left no admin key: " + e.getMessage(), "see " + folder);
    }
  }

  /** Ends a database that a killed server left behind: it is the one in this folder. */
  void endDatabase() {
    for (Path file : found("postmaster.pid")) {
      try {
        String pid = Files.readAllLines(file).getFirst().strip();
        ProcessHandle.of(Long.parseLong(pid))
            .ifPresent(
                it -> {
                  if (it.destroy()) {
                    it.onExit().join();
                  }
                });
      } catch (IOException | NumberFormatException e) {
        System.err.println("signalbox: " + file + " cannot be read: " + e.getMessage());
      }
    }
  }

  void delete() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      System.err.println("signalbox: " + folder + " is left over: " + e.getMessage());
    }
  }

  private List<Path> found(String name) {
    try (Stream<Path> all = Files.walk(folder, 5)) {
      return all.filter(path -> path.endsWith(name)).toList();
    } catch (IOException | java.io.UncheckedIOException closed) {
      return List.of(); // another user's folder: its owner ends with it
    }
  }
}
