package io.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.signalbox.http.hooks.HookSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {
  private static HttpSettings with(String hocon) {
    return HttpSettings.from(
        ConfigFactory.parseString(hocon).withFallback(ConfigFactory.defaultReference()));
  }

  @Test
  void theDefaultsServeLoopbackOnly() {
    HttpSettings it = with("");
    assertThat(it.host()).isEqualTo("127.0.0.1");
    assertThat(it.port()).isEqualTo(8080);
    assertThat(it.bodyLimit()).isEqualTo(16 * 1024 * 1024);
    assertThat(it.waitLimit()).isEqualTo(Duration.ofSeconds(60));
    assertThat(it.heartbeat()).isEqualTo(Duration.ofSeconds(15));
    assertThat(it.hooks()).isEmpty();
  }

  @Test
  void othersAreServedOnlyWithConfiguredCredentials() {
    assertThatThrownBy(() -> with("signalbox.http.host = \"0.0.0.0\""))
        .hasMessageContaining("credentials");
    assertThat(with("signalbox.http { host = \"0.0.0.0\", credentials = configured }").host())
        .isEqualTo("0.0.0.0");
    assertThat(with("signalbox.http.host = \"::1\"").host()).isEqualTo("::1");
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThatThrownBy(() -> with("signalbox.http.prot = 1")).hasMessageContaining("prot");
    assertThatThrownBy(() -> with("signalbox.http.port = 70000")).hasMessageContaining("port");
    assertThatThrownBy(() -> with("signalbox.http.credentials = some"))
        .hasMessageContaining("credentials");
    assertThatThrownBy(() -> with("signalbox.http.hooks.a { type = odd, secret = x }"))
        .hasMessageContaining("hooks.a.type");
    assertThatThrownBy(() -> with("signalbox.http.hooks.a { type = github, secret = \"\" }"))
        .hasMessageContaining("hooks.a.secret");
    assertThatThrownBy(() -> with("signalbox.http.hooks.a { type = github, secret = x, b = 1 }"))
        .hasMessageContaining("hooks.a.b");
  }

  @Test
  void aHookKeepsItsSecretToItself() {
    HttpSettings it =
        with("signalbox.http.hooks.repo { type = github, secret = hush, tenant = t }");
    HookSettings hook = it.hooks().values().iterator().next();
    assertThat(hook.tenant()).isEqualTo("t");
    assertThat(hook).asString().doesNotContain("hush");
  }
}
