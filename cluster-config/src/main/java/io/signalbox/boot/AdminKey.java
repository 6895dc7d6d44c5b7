package io.signalbox.boot;

import io.signalbox.runtime.access.AccessActor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that may do everything.
 *
 * @param fresh made just now, so somebody should be told
 * @param generated made by the gateway for the one person at this machine, not set up by somebody
 */
record AdminKey(String text, boolean fresh, boolean generated) {
  private static final Logger log = LoggerFactory.getLogger(AdminKey.class);
  private static final int BYTES = 32;

  /** The configured key, else the one kept in the data folder, else a new one kept there. */
  static AdminKey of(Optional<String> configured, Path data) throws IOException {
    if (configured.isPresent()) {
      return new AdminKey(configured.get(), false, false);
    }
    Path file = file(data);
    if (Files.exists(file)) {
      return kept(file);
    }
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String text = "sbk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Path draft =
        Files.createTempFile(
            data,
            ".admin",
            ".key",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(draft, text + "\n", StandardCharsets.UTF_8);
      Files.createLink(file, draft); // whole or not at all, and never over another's
      return new AdminKey(text, true, true);
    } catch (FileAlreadyExistsException e) {
      log.debug("another node was faster", e);
      return kept(file);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  static Path file(Path data) {
    return data.resolve("admin.key");
  }

  /** Hex SHA-256, which is all that the rooms get to see. */
  String digest() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Who holds it: only of a key made here is it known that there is one person. */
  AccessActor.Administrator administrator() {
    return new AccessActor.Administrator(digest(), generated);
  }

  private static AdminKey kept(Path file) throws IOException {
    return new AdminKey(Files.readString(file, StandardCharsets.UTF_8).strip(), false, true);
  }

  @Override
  public String toString() {
    return "AdminKey";
  }
}
