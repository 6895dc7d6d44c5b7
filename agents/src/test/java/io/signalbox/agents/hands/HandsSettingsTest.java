package io.signalbox.agents.hands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandsSettingsTest {
  @Test
  void withoutAnyWordTheServicesArePublicAndNothingIsConfigured() {
    var settings = Workbench.settings("", Optional.empty());
    assertThat(settings.maxInFlight()).isEqualTo(512);
    assertThat(settings.web().timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.web().maxResponseBytes()).isEqualTo(8L * 1024 * 1024);
    assertThat(settings.jira().searchLag()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.datasources()).isEmpty();
  }

  @Test
  void everyKeyIsRead() {
    var settings =
        Workbench.settings(
            """
            max-in-flight = 7
            http { connect-timeout = 1s, timeout = 2s, max-response-bytes = 64 KiB }
            github { base-url = "http://127.0.0.1:1/github", token = gh }
            jira { base-url = "http://127.0.0.1:1/jira", email = "a@b", token = ji, search-lag = 0s }
            slack { base-url = "http://127.0.0.1:1/slack", token = sl }
            datasources.internal {
              url = gateway, role = reader, schema = internal, init-script = "/x.sql", pool-size = 2
            }
            """,
            Optional.empty());
    assertThat(settings.web().connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.github().token().value()).isEqualTo("gh");
    assertThat(settings.jira().email()).isEqualTo("a@b");
    assertThat(settings.slack().baseUrl()).hasPath("/slack");
    var internal = settings.datasources().values().iterator().next();
    assertThat(internal.role()).contains("reader");
    assertThat(internal.poolSize()).isEqualTo(2);
    assertThat(settings.toString()).doesNotContain("ji,").contains("***");
  }

  @Test
  void aDatasourceAtTheGatewaysOwnDatabaseNeedsARoleOrUser() {
    assertThatThrownBy(() -> Workbench.settings("datasources.x.url = gateway", Optional.empty()))
        .hasMessageContaining("datasources.x")
        .hasMessageContaining("role");
  }

  @Test
  void anUnknownKeyOfADatasourceIsRefused() {
    assertThatThrownBy(
            () ->
                Workbench.settings(
                    "datasources.x { url = \"jdbc:postgresql:x\", passwort = y }",
                    Optional.empty()))
        .hasMessageContaining("datasources.x.passwort");
  }
}
