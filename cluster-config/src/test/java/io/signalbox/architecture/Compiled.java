package io.signalbox.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The compiled classes and the folder that the rules look at. */
final class Compiled {
  static final String ROOT = "io.signalbox";
  static final String FIXTURES = ROOT + ".architecture.fixtures.";

  private Compiled() {}

  /** Everything that ships, of every room. */
  static JavaClasses production() {
    return Production.CLASSES;
  }

  /** What ships and the tests of every room, without the fixtures of these rules. */
  static JavaClasses everything() {
    return Everything.CLASSES;
  }

  static JavaClasses fixture(String name) {
    return new ClassFileImporter().importPackages(FIXTURES + name);
  }

  /** The folder of the repository. */
  static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".mvn"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("not inside the repository");
      }
      folder = parent;
    }
    return folder;
  }

  private static final class Production {
    static final JavaClasses CLASSES =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // builds other than Maven's put tests into a folder of that name
            .withImportOption(location -> !location.contains("/test/io/signalbox/"))
            .importPackages(ROOT);
  }

  private static final class Everything {
    static final JavaClasses CLASSES =
        new ClassFileImporter()
            .withImportOption(location -> !location.contains("/architecture/fixtures/"))
            .importPaths(folders());

    private static List<Path> folders() {
      try (Stream<Path> found =
          Files.find(
              repository(),
              4,
              (path, attributes) ->
                  attributes.isDirectory()
                      && (path.endsWith(Path.of("target", "classes"))
                          || path.endsWith(Path.of("target", "test-classes"))))) {
        return found.toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
