package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

/** What an execution has put out. */
final class OutputSteps {
  private static final String OUTPUT = "the workflow output should ";

  private OutputSteps() {}

  static void in(StepBook book) {
    book.on(
            OUTPUT + "have properties (.+)",
            (stage, groups, _) ->
                Arrays.stream(groups.group(1).split(",\\s*", -1))
                    .map(quoted -> quoted.replace("'", ""))
                    .forEach(
                        path -> assertThat(at(stage, path).isMissingNode()).as(path).isFalse()))
        .on(
            OUTPUT + "have a '([^']+)' property with value:",
            (stage, groups, text) ->
                assertThat(at(stage, groups.group(1))).isEqualTo(Client.yaml(text)))
        .on(
            OUTPUT + "have a '([^']+)' property containing (\\d+) items?",
            (stage, groups, _) ->
                assertThat(at(stage, groups.group(1))).hasSize(Integer.parseInt(groups.group(2))))
        .on(
            OUTPUT + "have a '([^']+)' property matching '(.+)'",
            (stage, groups, _) ->
                assertThat(at(stage, groups.group(1)).asText()).matches(groups.group(2)))
        .on(
            OUTPUT + "not have a '([^']+)' property",
            (stage, groups, _) -> assertThat(at(stage, groups.group(1)).isMissingNode()).isTrue());
  }

  private static JsonNode at(Stage stage, String path) {
    return stage.run().path("output").at("/" + path.replace('.', '/'));
  }
}
