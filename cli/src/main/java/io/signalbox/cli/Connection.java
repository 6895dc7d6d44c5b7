package io.signalbox.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the server is and which key opens it: options, environment, or the local data folder. */
public final class Connection {
  private static final String USUAL = "http://127.0.0.1:7420";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the server; else SIGNALBOX_URL, else the local one")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "data folder of the local server; else SIGNALBOX_DATA")
  private Optional<Path> data = Optional.empty();

  Gateway open() throws Trouble {
    String address = address();
    try {
      URI uri = URI.create(address);
      if (uri.getHost() == null) {
        throw new IllegalArgumentException("it has no host");
      }
      return new Gateway(uri, key());
    } catch (IllegalArgumentException e) {
      throw Trouble.here(
          address + " is not the address of a server: " + e.getMessage(),
          "give one such as " + USUAL);
    }
  }

  String address() throws Trouble {
    return url.or(() -> variable("SIGNALBOX_URL"))
        .or(() -> read(folder().resolve("url")))
        .orElse(USUAL);
  }

  Path folder() {
    return data.or(() -> variable("SIGNALBOX_DATA").map(Path::of))
        .orElseGet(() -> home().resolve(".signalbox"));
  }

  /** The folder of the launcher. */
  public static Path home() {
    return Path.of(System.getProperty("signalbox.home", "."));
  }

  private Optional<String> key() {
    return variable("SIGNALBOX_KEY").or(() -> read(folder().resolve("admin.key")));
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.isReadable(file)
          ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty())
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
