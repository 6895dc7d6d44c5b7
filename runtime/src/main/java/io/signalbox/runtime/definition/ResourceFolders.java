package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import io.signalbox.runtime.definition.SourceText.Unreadable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The configured locations of schemas: the files of a folder stand for what lies below a URI. Read
 * once, when the server starts; a file that cannot be read, or too many of them, stops the start.
 *
 * @param most files in all folders together
 * @param largest bytes of one file
 */
public record ResourceFolders(List<Location> locations, int most, int largest) {
  /** The files of {@code folder} stand for what lies below {@code uri}. */
  public record Location(String uri, Path folder) {
    public Location {
      if (!uri.matches("[A-Za-z][A-Za-z0-9+.-]*:.*/")) {
        throw new IllegalArgumentException(
            "signalbox.runtime.definitions.schemas.locations: uri must be absolute and end with /: "
                + uri);
      }
    }
  }

  public ResourceFolders {
    locations = List.copyOf(locations);
  }

  /** From {@code signalbox.runtime.definitions.schemas}. */
  public static ResourceFolders from(Config config) {
    return new ResourceFolders(
        config.getConfigList("locations").stream()
            .map(it -> new Location(it.getString("uri"), Path.of(it.getString("folder"))))
            .toList(),
        config.getInt("files"),
        Math.toIntExact(config.getBytes("size")));
  }

  /** Reads every {@code .json}, {@code .yaml} and {@code .yml} file. */
  public Resources load() {
    Map<String, JsonNode> found = new HashMap<>();
    for (Location location : locations) {
      try (Stream<Path> files = Files.walk(location.folder())) {
        files
            .filter(file -> file.toString().matches(".*\\.(json|ya?ml)"))
            .forEach(file -> add(found, location, file));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the schemas in " + location.folder(), e);
      }
    }
    return new Resources(found);
  }

  private void add(Map<String, JsonNode> found, Location location, Path file) {
    if (found.size() >= most) {
      throw new IllegalStateException(
          "more than %d schemas in %s (signalbox.runtime.definitions.schemas.files)"
              .formatted(most, location.folder()));
    }
    String name =
        location
            .folder()
            .relativize(file)
            .toString()
            .replace(file.getFileSystem().getSeparator(), "/");
    try {
      found.put(
          location.uri() + name,
          SourceText.parse(Files.readString(file), largest, DefinitionLimits.STANDARD.nodes()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the schema " + file, e);
    } catch (Unreadable e) {
      throw new IllegalStateException("the schema " + file + ": " + e.reason(), e);
    }
  }
}
