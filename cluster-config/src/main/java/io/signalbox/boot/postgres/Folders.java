package io.signalbox.boot.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Files and folders with the rights that a database wants them to have. */
public final class Folders {
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");

  private static final Set<PosixFilePermission> PASSABLE =
      PosixFilePermissions.fromString("rwx--x--x");

  private Folders() {}

  /** The folder, made if need be so that others may pass through it and see nothing. */
  public static Path passable(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Files.createDirectories(folder);
    return Files.setPosixFilePermissions(folder, PASSABLE);
  }

  /** A folder that nobody but its owner may enter. */
  static Path closed(Path folder, Account account) throws IOException {
    Path parent = folder.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      Files.setPosixFilePermissions(folder, OWNER_FOLDER);
    }
    account.own(folder);
    return folder;
  }

  /** A file that nobody but its owner may read, replaced as a whole. */
  static void secret(Path file, String content, Account account) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_FILE));
    Files.writeString(fresh, content, StandardCharsets.UTF_8);
    account.own(fresh);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Whether a user with this id and no group may pass through every folder down to this one. */
  static boolean traversable(Path folder, int uid) throws IOException {
    for (Path step = folder.toAbsolutePath().normalize(); step != null; step = step.getParent()) {
      if (Files.exists(step)) {
        PosixFileAttributes found = Files.readAttributes(step, PosixFileAttributes.class);
        boolean own = uid == (int) Files.getAttribute(step, "unix:uid");
        PosixFilePermission needed =
            own ? PosixFilePermission.OWNER_EXECUTE : PosixFilePermission.OTHERS_EXECUTE;
        if (!found.permissions().contains(needed)) {
          return false;
        }
      }
    }
    return true;
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
