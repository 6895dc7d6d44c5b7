package io.signalbox.boot.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import io.signalbox.boot.config.Arguments;
import io.signalbox.boot.config.BootSettings;
import io.signalbox.boot.config.Configuration;
import io.signalbox.http.HttpSettings;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the deployment files set is what the process reads; no container engine is needed. */
class DeploymentTest {
  private static final Path DEPLOY = Path.of("../deploy");
  private static final String KEY = "sbk_0123456789abcdefghij";

  @Test
  void everyNodeOfTheComposeFileIsConfigured() throws Exception {
    JsonNode compose = documents("compose.yaml").getFirst();
    for (String name : List.of("node1", "node2", "node3")) {
      JsonNode node = compose.at("/services/" + name);
      Map<String, String> environment = new LinkedHashMap<>(image());
      node.get("environment")
          .properties()
          .forEach(
              entry -> environment.put(entry.getKey(), substituted(entry.getValue().asText())));
      Config config = Configuration.load(arguments(node.get("command")), environment);
      BootSettings settings = BootSettings.from(config);
      assertThat(settings.cluster().host()).isEqualTo(name);
      assertThat(settings.cluster().seeds()).hasSize(3).contains(name + ":25520");
      assertThat(settings.database().url()).startsWith("jdbc:postgresql://postgres:5432/");
      assertThat(settings.adminKey()).isPresent();
      assertThat(HttpSettings.from(config).port()).isEqualTo(8080);
      assertThat(node.get("ports").get(0).asText()).endsWith(":8080");
    }
  }

  @Test
  void thePodsAreConfigured() throws Exception {
    JsonNode set =
        documents("kubernetes/statefulset.yaml").stream()
            .filter(document -> document.path("kind").asText().equals("StatefulSet"))
            .findFirst()
            .orElseThrow();
    JsonNode container = set.at("/spec/template/spec/containers/0");
    JsonNode secret = documents("kubernetes/secret.example.yaml").getFirst().get("stringData");
    Map<String, String> environment = new LinkedHashMap<>(image());
    for (JsonNode entry : container.get("env")) {
      JsonNode fromSecret = entry.at("/valueFrom/secretKeyRef/key");
      if (!fromSecret.isMissingNode()) {
        assertThat(secret.has(fromSecret.asText())).isTrue();
      }
      String value = entry.path("value").asText().replace("$(POD_NAME)", "signalbox-0");
      environment.put(entry.get("name").asText(), value);
    }
    environment.put("SIGNALBOX_ADMIN_KEY", KEY);
    environment.put("SIGNALBOX_DB_URL", secret.get("database-url").asText());
    Config config = Configuration.load(arguments(container.get("args")), environment);
    BootSettings settings = BootSettings.from(config);
    assertThat(settings.cluster().seeds())
        .hasSize(set.at("/spec/replicas").asInt())
        .contains(settings.cluster().host() + ":" + settings.cluster().port());
    assertThat(settings.stopTimeout().toSeconds())
        .isLessThan(set.at("/spec/template/spec/terminationGracePeriodSeconds").asLong());
    assertThat(HttpSettings.from(config).port())
        .isEqualTo(container.at("/ports/0/containerPort").asInt());
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
    for (String pointer : List.of("/spec/selector/matchLabels", "/spec/template/metadata/labels")) {
      assertThat(set.at(pointer).path("app.kubernetes.io/name").asText()).isEqualTo("signalbox");
    }
  }

  @Test
  void everyManifestSaysWhatItIs() throws Exception {
    List<JsonNode> all = new ArrayList<>();
    for (String file :
        List.of(
            "statefulset.yaml",
            "service.yaml",
            "disruption.yaml",
            "network.yaml",
            "secret.example.yaml")) {
      all.addAll(documents("kubernetes/" + file));
    }
    assertThat(all)
        .allSatisfy(
            document -> {
              assertThat(document.path("apiVersion").asText()).isNotEmpty();
              assertThat(document.path("kind").asText()).isNotEmpty();
              assertThat(document.at("/metadata/name").asText()).startsWith("signalbox");
            });
  }

  @Test
  void everySettingOfTheEnvironmentIsKnown() throws Exception {
    Pattern name = Pattern.compile("\\bSIGNALBOX_[A-Z_]+\\b");
    Config reference = com.typesafe.config.ConfigFactory.defaultReference();
    List<String> known = new ArrayList<>(List.of("SIGNALBOX_DB_URL", "SIGNALBOX_DB_PASSWORD"));
    reference
        .getConfig("signalbox")
        .entrySet()
        .forEach(
            entry ->
                known.add(
                    ("SIGNALBOX_" + entry.getKey())
                        .replaceAll("[.-]", "_")
                        .toUpperCase(java.util.Locale.ROOT)));
    for (String file : List.of("Containerfile", "compose.yaml", "kubernetes/statefulset.yaml")) {
      Matcher found = name.matcher(settings(file));
      while (found.find()) {
        assertThat(known).as(file).contains(found.group());
      }
    }
  }

  private static String settings(String file) throws IOException {
    return Files.readString(DEPLOY.resolve(file)).replaceAll("(?m)^\\s*#.*$", "");
  }

  private static Map<String, String> image() throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    Matcher setting =
        Pattern.compile("(SIGNALBOX_[A-Z_]+)=(\\S+)")
            .matcher(Files.readString(DEPLOY.resolve("Containerfile")));
    while (setting.find()) {
      found.put(setting.group(1), setting.group(2));
    }
    assertThat(found).containsKey("SIGNALBOX_HTTP_HOST");
    return found;
  }

  private static Arguments arguments(JsonNode words) throws Exception {
    List<String> list = new ArrayList<>();
    words.forEach(word -> list.add(word.asText()));
    return Arguments.parse(list);
  }

  private static String substituted(String text) {
    return text.replaceAll("\\$\\{SIGNALBOX_ADMIN_KEY[^}]*}", KEY)
        .replaceAll("\\$\\{[A-Z_]+[^}]*}", "x");
  }

  private static List<JsonNode> documents(String file) throws IOException {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions())); // knows anchors and merge keys
    List<JsonNode> found = new ArrayList<>();
    for (Object document : yaml.loadAll(Files.readString(DEPLOY.resolve(file)))) {
      found.add(Json.tree(document));
    }
    return found;
  }
}
