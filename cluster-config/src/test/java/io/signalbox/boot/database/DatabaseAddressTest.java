package io.signalbox.boot.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.boot.config.ConfigurationFault;
import io.signalbox.boot.config.DatabaseSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseAddressTest {
  @Test
  void aJdbcUrlIsTakenAsItIs() throws Exception {
    assertThat(parse("jdbc:postgresql://db:5433/x?sslmode=require"))
        .isEqualTo(
            new DatabaseAddress("jdbc:postgresql://db:5433/x?sslmode=require", "user", "secret"));
  }

  @Test
  void aPlainUrlCarriesItsLogin() throws Exception {
    assertThat(parse("postgresql://ada:p%40ss+word@db:5433/x?sslmode=require"))
        .isEqualTo(
            new DatabaseAddress("jdbc:postgresql://db:5433/x?sslmode=require", "ada", "p@ss+word"));
    assertThat(parse("postgres://db/x"))
        .isEqualTo(new DatabaseAddress("jdbc:postgresql://db/x", "user", "secret"));
  }

  @Test
  void anotherDatabaseIsRefusedWithoutShowingItsPassword() {
    assertThatThrownBy(() -> parse("mysql://ada:hidden@db/x"))
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("signalbox.database.url")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void printsItselfWithoutThePassword() throws Exception {
    assertThat(parse("postgresql://ada:hidden@db/x").with("socketTimeout", 3).toString())
        .isEqualTo("jdbc:postgresql://db/x");
  }

  @Test
  void addsDriverPropertiesUnlessTheyAreSet() throws Exception {
    assertThat(parse("jdbc:postgresql://db/x").with("a", 1).with("b", 2).with("a", 3).url())
        .isEqualTo("jdbc:postgresql://db/x?a=1&b=2");
  }

  private static DatabaseAddress parse(String url) throws ConfigurationFault {
    return DatabaseAddress.parse(
        new DatabaseSettings(
            url, "user", "secret", 10, 5, Duration.ofSeconds(5), Duration.ofSeconds(5)));
  }
}
