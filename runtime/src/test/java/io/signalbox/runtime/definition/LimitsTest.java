package io.signalbox.runtime.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.signalbox.protocol.Fault;
import io.signalbox.runtime.RuntimeSettings;
import io.signalbox.runtime.definition.ResourceFolders.Location;
import io.signalbox.runtime.expression.ExpressionLimits;
import io.signalbox.runtime.run.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every limit is configuration with a default, and says what it is when it is reached. */
class LimitsTest {
  private static final Config DEFAULTS =
      ConfigFactory.parseResources("reference.conf").resolve().getConfig("signalbox.runtime");
  private static final String HEAD =
      "document: {dsl: '1.0.3', namespace: test, name: limits, version: '1.0.0'}\n";
  private static final DefinitionLimits SMALL = new DefinitionLimits(2000, 120, 5, 2, 2);

  private static Fault refused(String tasks) {
    return refused(new DefinitionReader(SMALL, Resources.NONE, Allowed.LITTLE), tasks);
  }

  private static Fault refused(DefinitionReader reader, String tasks) {
    List<Fault> faults = ((Reading.Faulty) reader.read(HEAD + tasks)).faults();
    assertThat(faults).hasSize(1);
    return faults.getFirst();
  }

  @Test
  void theDefaultsAreThoseOfTheCode() {
    RuntimeSettings settings = RuntimeSettings.from(DEFAULTS);
    assertThat(settings.definitions()).isEqualTo(DefinitionLimits.STANDARD);
    assertThat(settings.expressions()).isEqualTo(ExpressionLimits.STANDARD);
    assertThat(settings.bounds().limits()).isEqualTo(Limits.STANDARD);
    assertThat(settings.schemas()).isEqualTo(new ResourceFolders(List.of(), 1000, 1 << 20));
  }

  @Test
  void everyKeyOfDefinitionsIsRead() {
    Config config =
        ConfigFactory.parseString("size = 1k, nodes = 2, tasks = 3, nesting = 4, branches = 5");
    assertThat(DefinitionLimits.from(config)).isEqualTo(new DefinitionLimits(1024, 2, 3, 4, 5));
    assertThatThrownBy(() -> new DefinitionLimits(1, 1, 1, 65, 1)).hasMessageContaining("nesting");
  }

  @Test
  void everyKeyOfExpressionsIsRead() {
    Config config =
        ConfigFactory.parseString(
            "length = 1, steps = 2, looked-at = 3, made = 4, value = 5, result = 6, depth = 7");
    assertThat(ExpressionLimits.from(config)).isEqualTo(new ExpressionLimits(1, 2, 3, 4, 5, 6, 7));
    assertThatThrownBy(() -> new ExpressionLimits(1, 1, 1, 1, 1, 1, 501))
        .hasMessageContaining("depth");
  }

  @Test
  void aTextThatIsTooLargeIsRefused() {
    assertThat(refused("do: [{a: {set: {b: '" + "x".repeat(2000) + "'}}}]"))
        .isEqualTo(new Fault("", "the definition is larger than 2000 bytes"));
  }

  @Test
  void aTreeWithTooManyNodesIsRefused() {
    assertThat(refused("do: [{a: {set: {b: [" + "1,".repeat(150) + "1]}}}]").message())
        .contains("more than 120 nodes");
  }

  @Test
  void tooManyTasksAreRefused() {
    assertThat(refused("do:\n" + "- t%d: {set: {b: 1}}\n".repeat(6).formatted(1, 2, 3, 4, 5, 6)))
        .isEqualTo(new Fault("/do", "the definition has more than 5 tasks"));
  }

  @Test
  void listsThatAreNestedTooDeeplyAreRefused() {
    assertThat(refused("do: [{a: {do: [{b: {do: [{c: {set: {d: 1}}}]}}]}}]"))
        .isEqualTo(new Fault("/do/0/a/do/0/b/do", "tasks are nested deeper than 2"));
  }

  @Test
  void aForkThatIsTooWideIsRefused() {
    assertThat(
            refused(
                "do: [{f: {fork: {branches: [{a: {set: {x: 1}}}, {b: {set: {x: 1}}}, {c: {set: {x: 1}}}]}}}]"))
        .isEqualTo(new Fault("/do/0/f/fork/branches", "the fork has more than 2 branches"));
  }

  @Test
  void whatWasDeployedIsReadUnderALowerLimitToo() {
    String wide = HEAD + "do:\n" + "- t%d: {set: {b: 1}}\n".repeat(6).formatted(1, 2, 3, 4, 5, 6);
    var deployed = ((Reading.Valid) new DefinitionReader().read(wide)).definition();
    assertThat(
            new DefinitionReader(SMALL, Resources.NONE, Allowed.LITTLE)
                .readAgain(deployed.source()))
        .isEqualTo(new Reading.Valid(deployed));
  }

  @Test
  void aSchemaOfAConfiguredLocationIsWrittenIntoTheDefinition(@TempDir Path folder)
      throws IOException {
    Files.createDirectories(folder.resolve("pets"));
    Files.writeString(folder.resolve("pets/pet.yaml"), "type: object\nrequired: [id]\n");
    Resources resources =
        new ResourceFolders(List.of(new Location("https://example.com/s/", folder)), 1, 100).load();
    DefinitionReader reader =
        new DefinitionReader(DefinitionLimits.STANDARD, resources, Allowed.LITTLE);
    String tasks =
        "do: [{a: {set: {b: 1}, input: {schema: {resource: {endpoint: {uri: 'https://example.com/s/pets/%s.yaml'}}}}}}]";
    var definition = ((Reading.Valid) reader.read(HEAD + tasks.formatted("pet"))).definition();
    assertThat(definition.source().at("/do/0/a/input/schema").toString())
        .isEqualTo("{\"document\":{\"type\":\"object\",\"required\":[\"id\"]}}");
    assertThat(new DefinitionReader().readAgain(definition.source()))
        .isEqualTo(new Reading.Valid(definition));
    assertThat(refused(reader, tasks.formatted("dog")).pointer())
        .isEqualTo("/do/0/a/input/schema/resource");
  }

  @Test
  void tooManyOrTooLargeOrUnreadableSchemasStopTheStart(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("a.json"), "{\"type\": \"object\"}");
    List<Location> here = List.of(new Location("https://example.com/", folder));
    assertThatThrownBy(() -> new ResourceFolders(here, 0, 100).load())
        .hasMessageContaining("more than 0 schemas");
    assertThatThrownBy(() -> new ResourceFolders(here, 1, 5).load())
        .hasMessageContaining("larger than 5 bytes");
    assertThatThrownBy(
            () ->
                new ResourceFolders(
                        List.of(new Location("https://example.com/", folder.resolve("none"))), 1, 1)
                    .load())
        .hasMessageContaining("cannot read the schemas");
    assertThatThrownBy(() -> new Location("example/", folder)).hasMessageContaining("absolute");
  }
}
