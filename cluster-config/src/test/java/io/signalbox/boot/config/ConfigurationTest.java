package io.signalbox.boot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  @TempDir Path folder = Path.of("unset");

  @Test
  void withNothingSetTheDefaultsHold() throws Exception {
    BootSettings settings = BootSettings.from(load(List.of(), Map.of()));
    assertThat(settings)
        .isEqualTo(
            new BootSettings(
                Path.of("data"),
                Optional.empty(),
                new DatabaseSettings(
                    "", "", "", 10, 5, Duration.ofSeconds(3), Duration.ofSeconds(60)),
                new ClusterSettings("127.0.0.1", 0, List.of()),
                new LogSettings("INFO", 20L * 1024 * 1024, 5),
                Duration.ofSeconds(30)));
  }

  @Test
  void everyKeyOfAFileArrivesInItsPlace() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("signalbox.conf"),
            """
            signalbox {
              data = "/srv/signalbox"
              admin-key = "sbk_0123456789abcdefghij"
              database { url = "postgresql://db/x", user = "u", password = "p", pool-size = 20
                         journal-connections = 7, connection-timeout = 2s, socket-timeout = 9s }
              cluster { host = "10.0.0.1", port = 25520, seeds = ["10.0.0.1:25520"] }
              log { level = "DEBUG", file-size = 1 MiB, files = 3 }
              stop-timeout = 7s
            }
            """);
    Config config = load(List.of("--config", file.toString()), Map.of());
    assertThat(BootSettings.from(config))
        .isEqualTo(
            new BootSettings(
                Path.of("/srv/signalbox"),
                Optional.of("sbk_0123456789abcdefghij"),
                new DatabaseSettings(
                    "postgresql://db/x",
                    "u",
                    "p",
                    20,
                    7,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(9)),
                new ClusterSettings("10.0.0.1", 25_520, List.of("10.0.0.1:25520")),
                new LogSettings("DEBUG", 1024L * 1024, 3),
                Duration.ofSeconds(7)));
    assertThat(config.getString("pekko.remote.artery.canonical.hostname")).isEqualTo("10.0.0.1");
    assertThat(config.getString("pekko.remote.artery.bind.hostname")).isEqualTo("10.0.0.1");
  }

  @Test
  void unknownKeysFailTheStartEachByItsName() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("wrong.conf"), "signalbox { databse.url = x, log { levle = INFO } }");
    assertThatThrownBy(() -> load(List.of("--config", file.toString()), Map.of()))
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("signalbox.databse: unknown key")
        .hasMessageContaining("signalbox.log.levle: unknown key")
        .hasMessageContaining("wrong.conf: 1");
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentAndTheEnvironmentOverTheFile() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("signalbox.conf"),
            "signalbox { data = file, stop-timeout = 1s, database.pool-size = 3 }");
    Config config =
        load(
            List.of("--config", file.toString(), "--data", "line"),
            Map.of("SIGNALBOX_DATA", "environment", "SIGNALBOX_DATABASE_POOL_SIZE", "4"));
    BootSettings settings = BootSettings.from(config);
    assertThat(settings.data()).isEqualTo(Path.of("line"));
    assertThat(settings.database().poolSize()).isEqualTo(4);
    assertThat(settings.stopTimeout()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void listsInTheEnvironmentHaveCommas() throws Exception {
    Config config =
        load(
            List.of(),
            Map.of(
                "SIGNALBOX_CLUSTER_SEEDS", "a:1, b:2",
                "SIGNALBOX_CLUSTER_PORT", "1",
                "SIGNALBOX_DB_URL", "postgresql://db/x"));
    assertThat(BootSettings.from(config).cluster().seeds()).containsExactly("a:1", "b:2");
    assertThat(BootSettings.from(config).database().url()).isEqualTo("postgresql://db/x");
  }

  @Test
  void eachOfSeveralLocalNodesTakesItsOwnPortsAndTheSameSeeds() throws Exception {
    Config config = load(List.of("--nodes", "3", "--node-index", "2", "--port", "9000"), Map.of());
    assertThat(config.getInt("signalbox.http.port")).isEqualTo(9001);
    assertThat(BootSettings.from(config).cluster())
        .isEqualTo(
            new ClusterSettings(
                "127.0.0.1",
                19_001,
                List.of("127.0.0.1:19000", "127.0.0.1:19001", "127.0.0.1:19002")));
  }

  @Test
  void settingsOutOfBoundsAreNamed() {
    assertThatThrownBy(
            () -> BootSettings.from(load(List.of(), Map.of("SIGNALBOX_DATABASE_POOL_SIZE", "1"))))
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("signalbox.database.pool-size: must be at least 2");
    assertThatThrownBy(
            () -> BootSettings.from(load(List.of(), Map.of("SIGNALBOX_ADMIN_KEY", "short"))))
        .hasMessageContaining("signalbox.admin-key");
    assertThatThrownBy(
            () -> BootSettings.from(load(List.of(), Map.of("SIGNALBOX_CLUSTER_SEEDS", "nowhere"))))
        .hasMessageContaining("'nowhere' is not of the form HOST:PORT");
  }

  @Test
  void aWrongCommandLineIsToldAllAtOnce() {
    assertThatThrownBy(
            () -> Arguments.parse(List.of("--prot", "--port", "70000", "--node-index", "2")))
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("--prot: unknown option")
        .hasMessageContaining("--port: 70000 is not a whole number from 0 to 65535")
        .hasMessageContaining("--node-index: must be at most --nodes (1)");
  }

  private static Config load(List<String> words, Map<String, String> environment)
      throws ConfigurationFault {
    return Configuration.load(Arguments.parse(words), environment);
  }
}
