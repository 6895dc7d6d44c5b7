package io.signalbox.agents.hands;

import io.signalbox.agents.hands.kit.Secret;
import io.signalbox.agents.hands.sql.GatewayDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** A real PostgreSQL of its own for a test class, on loopback, gone afterwards. */
final class TestPostgres implements AutoCloseable {
  private static final String BINARIES = "/postgres-linux-x86_64.txz";
  private static final int NOBODY = 65534;
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  private final Path home;
  private final int port;

  private TestPostgres(Path home, int port) {
    this.home = home;
    this.port = port;
  }

  static TestPostgres start() {
    try {
      var home = Files.createTempDirectory("signalbox-sql");
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
      unpack(home);
      var postgres = new TestPostgres(home, freePort());
      var data = Files.createDirectory(home.resolve("data"));
      if (ROOT) {
        Files.setAttribute(data, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
      }
      postgres.run("initdb", "-D", data.toString(), "-U", "owner", "--auth=trust", "-E", "UTF8");
      postgres.run(
          "pg_ctl",
          "-D",
          data.toString(),
          "-w",
          "-l",
          data.resolve("log").toString(),
          "-o",
          "-p %d -h 127.0.0.1 -k '' -c fsync=off".formatted(postgres.port),
          "start");
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  GatewayDatabase gateway() {
    return new GatewayDatabase(url(), "owner", Secret.NONE);
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  void execute(String sql) {
    try (var connection = DriverManager.getConnection(url(), "owner", "");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void run(String program, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    if (ROOT) {
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    var log = home.resolve(program + ".log");
    var process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    process.environment().put("LC_ALL", "C");
    try {
      int code = process.start().waitFor();
      if (code != 0) {
        throw new IOException(program + " ended with " + code + ": " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void unpack(Path home) throws IOException {
    try (var jar =
            Objects.requireNonNull(TestPostgres.class.getResourceAsStream(BINARIES), BINARIES);
        var tar = new TarArchiveInputStream(new XZCompressorInputStream(jar))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        place(home.resolve(entry.getName()).normalize(), entry, tar);
      }
    }
  }

  private static void place(Path target, TarArchiveEntry entry, TarArchiveInputStream tar)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else if (entry.isSymbolicLink()) {
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.copy(tar, target);
      boolean runs = (entry.getMode() & 0b001_000_000) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    try {
      run("pg_ctl", "-D", home.resolve("data").toString(), "-m", "immediate", "-w", "stop");
      try (var files = Files.walk(home)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
