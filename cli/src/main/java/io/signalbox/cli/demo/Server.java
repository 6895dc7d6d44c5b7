package io.signalbox.cli.demo;

import io.signalbox.cli.Connection;
import io.signalbox.cli.Gateway;
import io.signalbox.cli.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The gateway under test: started, killed, and started again on the same data and port. */
final class Server {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Place place;
  private final int port;
  private final Optional<String> database;
  private final URI sandbox;
  private final Stage stage;
  private Optional<Child> child = Optional.empty();

  Server(Place place, int port, Optional<String> database, URI sandbox, Stage stage)
      throws Trouble {
    this.place = place;
    this.port = port == 0 ? free() : port;
    this.database = database;
    this.sandbox = sandbox;
    this.stage = stage;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  void start() throws Trouble {
    Path home = Connection.home();
    Path example = home.resolve("examples/compliance");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(home.resolve("signalbox").toString(), "start", "--foreground"));
    command.addAll(List.of("--port", Integer.toString(port), "--data", place.data().toString()));
    command.addAll(List.of("--config", example.resolve("sandbox.conf").toString()));
    database.ifPresent(url -> command.addAll(List.of("--db-url", url)));
    long begun = System.nanoTime();
    Child started =
        Child.start(
            "server",
            place.output("server"),
            Map.of("SANDBOX_URL", sandbox.toString(), "COMPLIANCE_EXAMPLE", example.toString()),
            command);
    child = Optional.of(started);
    started.await("ready ", PATIENCE);
    double seconds = (System.nanoTime() - begun) / 1e9;
    stage.good(
        String.format(
            Locale.ROOT,
            "server ready at %s after %.1f s (process %d)",
            url(),
            seconds,
            started.pid()));
  }

  void kill() {
    child.ifPresent(
        it -> {
          it.kill();
          stage.blow("SIGKILL to the server (process " + it.pid() + ")");
        });
    child = Optional.empty();
  }

  void stop() {
    child.ifPresent(Child::stop);
    child = Optional.empty();
    place.endDatabase();
  }

  Gateway open(String key) {
    return new Gateway(url(), Optional.of(key));
  }

  private static int free() throws Trouble {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw Trouble.here("no free port: " + e.getMessage(), "give one with --port");
    }
  }
}
