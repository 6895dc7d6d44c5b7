package io.signalbox.runtime.audit;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.List;
import java.util.Objects;

/**
 * The key that checkpoints are signed with: two lines of base64 in a file of mode 0600, the private
 * key (PKCS #8) and the public one (X.509). It is made where there is none.
 */
record SigningKey(PrivateKey key, String publicKey) {
  String id() {
    return Signatures.id(publicKey);
  }

  String sign(String text) {
    return Signatures.sign(key, text);
  }

  /** The key in this file; nodes that share the file share the key. */
  static SigningKey of(Path file) throws IOException {
    if (!Files.exists(file)) {
      Path draft = draft(file, fresh());
      try {
        Files.createLink(file, draft); // whole or not at all, and never over another's
      } catch (FileAlreadyExistsException another) {
        return read(file);
      } finally {
        Files.deleteIfExists(draft);
      }
    }
    return read(file);
  }

  /** A new key takes the file's place; the old one is kept beside it under its name. */
  static SigningKey rotate(Path file) throws IOException {
    SigningKey old = of(file);
    Path draft = draft(file, fresh());
    Files.copy(
        file,
        file.resolveSibling(file.getFileName() + "." + old.id()),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    return read(file);
  }

  private static SigningKey read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    try {
      return new SigningKey(
          Signatures.privateKey(lines.getFirst().strip()), lines.get(1).strip());
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IOException("this is no Ed25519 key of two base64 lines: " + file, e);
    }
  }

  private static List<String> fresh() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(Signatures.ALGORITHM).generateKeyPair();
      return List.of(
          Signatures.text(pair.getPrivate().getEncoded()),
          Signatures.text(pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has Ed25519", e);
    }
  }

  private static Path draft(Path file, List<String> lines) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Path draft =
        Files.createTempFile(
            folder,
            ".audit",
            ".key",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.write(draft, lines);
  }
}
