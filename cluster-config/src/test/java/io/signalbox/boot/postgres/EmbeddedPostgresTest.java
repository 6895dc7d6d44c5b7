package io.signalbox.boot.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {
  private Path data = Path.of("unset");

  @BeforeEach
  void folder() throws IOException {
    data =
        Files.createTempDirectory(
            "signalbox-pg",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
  }

  @AfterEach
  void clean() throws IOException {
    Folders.delete(data);
  }

  @Test
  void startsStopsAndKeepsWhatWasWritten() throws Exception {
    try (Running first = EmbeddedPostgres.start(data)) {
      ask(first, "create table kept as select 42 as answer");
    }
    try (Running second = EmbeddedPostgres.start(data)) {
      assertThat(ask(second, "select answer from kept")).isEqualTo("42");
      assertThat(ask(second, "show fsync")).isEqualTo("on");
      assertThat(ask(second, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ask(second, "show server_version")).startsWith("18.");
    }
  }

  @Test
  void adoptsAServerThatItsGatewayLeftBehind() throws Exception {
    Running first = EmbeddedPostgres.start(data);
    first.release();
    try (Running second = EmbeddedPostgres.start(data)) {
      assertThat(second.pid()).isEqualTo(first.pid());
      assertThat(second.url()).isEqualTo(first.url());
      assertThat(ask(second, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void startsAServerAgainThatWasKilled() throws Exception {
    try (Running running = EmbeddedPostgres.start(data)) {
      ask(running, "create table kept as select 42 as answer");
      long killed = running.pid();
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();
      Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
      while (running.pid() == killed && Instant.now().isBefore(deadline)) {
        Pause.of(Duration.ofMillis(50));
      }
      assertThat(running.pid()).isNotEqualTo(killed);
      assertThat(ask(running, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void startsOnTheFolderOfAServerThatWasKilledAMomentAgo() throws Exception {
    Running first = EmbeddedPostgres.start(data);
    first.release();
    ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
    try (Running second = EmbeddedPostgres.start(data)) {
      assertThat(ask(second, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void aFolderThatTheDatabasesUserCannotReachIsNoHindrance() throws Exception {
    Path closed =
        Files.createDirectory(
            data.resolve("closed"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path elsewhere;
    try (Running running = EmbeddedPostgres.start(closed.resolve("data"))) {
      assertThat(ask(running, "select 1")).isEqualTo("1");
      elsewhere = running.folder();
      boolean asRoot = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
      assertThat(elsewhere.startsWith("/var/lib/signalbox")).isEqualTo(asRoot);
    }
    Folders.delete(elsewhere.resolve("..").normalize());
  }

  @Test
  void wantsThePasswordAndKeepsItFromOthers() throws Exception {
    try (Running running = EmbeddedPostgres.start(data)) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(running.url(), running.user(), "guess").close())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      Path kept = data.resolve("pg/password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
          .isEqualTo("rw-------");
    }
  }

  private static String ask(Running running, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(running.url(), running.user(), running.password());
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? rows.getString(1) : "";
      }
    }
  }
}
