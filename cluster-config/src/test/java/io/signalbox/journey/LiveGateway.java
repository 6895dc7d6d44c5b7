package io.signalbox.journey;

import io.signalbox.boot.Gateway;
import io.signalbox.boot.TestDatabase;
import io.signalbox.boot.config.Arguments;
import io.signalbox.boot.config.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A whole gateway in this JVM, on a database of its own, for the tests of one class. */
final class LiveGateway implements BeforeAllCallback, AfterAllCallback {
  private final TestDatabase database = new TestDatabase();
  private final String settings;
  private final List<AutoCloseable> open = new java.util.ArrayList<>();
  private Client client = new Client(java.net.URI.create("http://127.0.0.1:1"), "");

  LiveGateway() {
    this("");
  }

  /**
   * With settings of its own.
   *
   * @param settings in HOCON
   */
  LiveGateway(String settings) {
    this.settings = settings;
  }

  /** With the settings in a file. */
  static LiveGateway configured(Path settings) {
    try {
      return new LiveGateway(Files.readString(settings));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The administrator of local mode. */
  Client client() {
    return client;
  }

  TestDatabase database() {
    return database;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    database.beforeAll(context);
    Path data = Folder.make("live");
    open.add(() -> Folder.delete(data));
    Gateway gateway = start(data, address(database), settings);
    open.addFirst(gateway);
    gateway.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
    client = new Client(gateway.address(), key(data));
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    for (AutoCloseable it : open) {
      it.close();
    }
    database.afterAll(context);
  }

  /** A gateway in this folder that has not yet become ready. */
  static Gateway start(Path data, String database, String settings) throws Exception {
    Path file = Files.writeString(data.resolve("settings.conf"), settings);
    Arguments arguments =
        Arguments.parse(
            List.of(
                "--data",
                data.toString(),
                "--db-url",
                database,
                "--port",
                "0",
                "--config",
                file.toString()));
    return Gateway.start(Configuration.load(arguments, Map.of()), arguments);
  }

  static String address(TestDatabase database) {
    return database.url() + "?user=" + database.user() + "&password=" + database.password();
  }

  static String key(Path data) throws Exception {
    return Files.readString(data.resolve("admin.key")).strip();
  }
}
