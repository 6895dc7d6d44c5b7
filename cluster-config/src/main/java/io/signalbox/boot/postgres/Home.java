package io.signalbox.boot.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one database lies: its cluster folder, its kept port and password, and its programs.
 *
 * @param folder belongs to the account, mode 0700
 * @param settings server settings beside those the gateway needs
 */
record Home(Path folder, Path programs, Account account, Map<String, String> settings) {
  private static final Logger log = LoggerFactory.getLogger(Home.class);
  private static final Path SYSTEM_DATA = Path.of("/var/lib/signalbox");
  private static final Path SYSTEM_CACHE = Path.of("/var/cache/signalbox");

  Home {
    settings = Map.copyOf(settings);
  }

  /** The home that belongs to a data folder of the gateway. */
  static Home of(Path data, Map<String, String> settings) throws IOException {
    Path real = Folders.passable(data).toRealPath();
    Account account = Account.current();
    Path base = real;
    if (account.borrowed() && !Folders.traversable(real, account.uid())) {
      base = SYSTEM_DATA.resolve(digest(real.toString()));
      Files.createDirectories(base);
      log.info("user {} cannot reach {}, so its database lies in {}", account.uid(), real, base);
    }
    Path folder = Folders.closed(base.resolve("pg"), account);
    return new Home(folder, Binaries.in(cache(base, account)), account, settings);
  }

  Path cluster() {
    return folder.resolve("data");
  }

  Path lock() {
    return folder.resolve("lock");
  }

  Path log() {
    return folder.resolve("start.log");
  }

  String program(String name) {
    return programs.resolve("bin").resolve(name).toString();
  }

  /** The password, made at first use. */
  String password() throws IOException {
    Path file = folder.resolve("password");
    if (!Files.exists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      Folders.secret(file, HexFormat.of().formatHex(random), account);
    }
    return Files.readString(file, StandardCharsets.UTF_8).strip();
  }

  boolean hasPassword() {
    return Files.exists(passwordFile());
  }

  Path passwordFile() {
    return folder.resolve("password");
  }

  /** The port of last time while it is free, else another, which is kept. */
  int port() throws IOException {
    Path file = folder.resolve("port");
    if (Files.exists(file)) {
      int kept = Integer.parseInt(Files.readString(file, StandardCharsets.UTF_8).strip());
      if (free(kept)) {
        return kept;
      }
      log.info("port {} of the embedded database is taken by somebody else", kept);
    }
    int port;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    Folders.secret(file, Integer.toString(port), account);
    return port;
  }

  private static boolean free(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return true;
    } catch (IOException e) {
      log.debug("port {} cannot be bound", port, e);
      return false;
    }
  }

  private static Path cache(Path base, Account account) {
    Path shared =
        account.borrowed()
            ? SYSTEM_CACHE
            : Path.of(System.getProperty("user.home", "/nonexistent"), ".cache", "signalbox");
    try {
      Files.createDirectories(shared);
      if (Files.isWritable(shared)
          && (!account.borrowed() || Folders.traversable(shared, account.uid()))) {
        return shared;
      }
    } catch (IOException e) {
      log.debug("no shared cache at {}", shared, e);
    }
    return base.resolve("pg-programs");
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
