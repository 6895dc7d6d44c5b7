package io.signalbox.runtime.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenSettingsTest {
  private static TokenSettings read(String text) {
    Config all = ConfigFactory.parseString(text).withFallback(ConfigFactory.load());
    return TokenSettings.from(all.getConfig("signalbox.runtime.tokens"));
  }

  private static TokenSettings issuer(String more) {
    return read(
        "signalbox.runtime.tokens.issuers = [{ issuer = \"https://a.example/\", tenant = acme,"
            + " audiences = [us], "
            + more
            + " }]");
  }

  @Test
  void nobodyIsTrustedUnlessSaid() {
    TokenSettings settings = read("");
    assertThat(settings.issuers()).isEmpty();
    assertThat(settings.clockSkew()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.keysFor()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.refetch()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.outage()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.bytes()).isEqualTo(256 * 1024);
  }

  @Test
  void anIssuerIsReadWithWhatItSaysItself() {
    Issuer it =
        issuer(
                "algorithms = [ES384], keys = \"https://a.example/k\", principal { claim = email,"
                    + " kind = service }, roles { claim = \"/r\", map { a = admin, b = [c, d] } },"
                    + " namespaces.claim = ns")
            .issuers()
            .getFirst();
    assertThat(it)
        .isEqualTo(
            new Issuer(
                "https://a.example/",
                Set.of("us"),
                Optional.of(URI.create("https://a.example/k")),
                Set.of(JWSAlgorithm.ES384),
                Optional.of("acme"),
                new Issuer.Mapping(Optional.empty(), Map.of()),
                "email",
                "service",
                new Issuer.Mapping(
                    Optional.of("/r"), Map.of("a", Set.of("admin"), "b", Set.of("c", "d"))),
                new Issuer.Mapping(Optional.of("ns"), Map.of())));
  }

  @Test
  void whatWouldLetAnybodyInIsRefusedAtTheStart() {
    for (String wrong :
        new String[] {
          "algorithms = [none]",
          "algorithms = [HS256]",
          "algorithms = []",
          "audiences = []",
          "tenant = \"\"",
          "tenants { claim = t, map { a = b } }",
          "issuer = \"http://a.example\"",
          "keys = \"http://a.example/k\"",
          "principal.kind = agent",
          "roles.map { a = \"two words\" }"
        }) {
      assertThatThrownBy(() -> issuer(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("signalbox.runtime.tokens");
    }
    assertThatThrownBy(() -> read("signalbox.runtime.tokens.clock-skew = 1 h"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read("signalbox.runtime.tokens.keys-for = 10 s"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
