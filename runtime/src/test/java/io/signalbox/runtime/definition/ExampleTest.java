package io.signalbox.runtime.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples for what goes beyond the standard can be deployed. */
class ExampleTest {
  @TestFactory
  List<DynamicTest> everyExampleIsValid() throws IOException {
    try (var files = Files.list(Path.of("../examples/beyond"))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.toString(),
                      () ->
                          assertThat(new DefinitionReader().read(Files.readString(file)))
                              .isInstanceOf(Reading.Valid.class)))
          .toList();
    }
  }
}
