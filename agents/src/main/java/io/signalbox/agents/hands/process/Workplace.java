package io.signalbox.agents.hands.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder that belongs to one process alone and goes with it. */
record Workplace(Path folder) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workplace.class);

  static Workplace open(Path parent, Map<String, String> files, Optional<String> user)
      throws IOException {
    Path folder =
        Files.createTempDirectory(
            parent,
            "signalbox-run-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (Map.Entry<String, String> file : files.entrySet()) {
      own(Files.writeString(folder.resolve(file.getKey()), file.getValue()), user);
    }
    own(folder, user);
    return new Workplace(folder);
  }

  private static void own(Path path, Optional<String> user) throws IOException {
    if (user.isPresent()) {
      String[] ids = user.get().split(":", 2);
      Files.setAttribute(path, "unix:uid", Integer.parseInt(ids[0]));
      Files.setAttribute(path, "unix:gid", Integer.parseInt(ids[1]));
    }
  }

  @Override
  public void close() {
    try {
      Files.walkFileTree(folder, new Removal());
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} stays behind and should be deleted: {}", folder, e.toString());
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
