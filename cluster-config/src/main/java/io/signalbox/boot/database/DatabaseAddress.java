package io.signalbox.boot.database;

import io.signalbox.boot.config.ConfigurationFault;
import io.signalbox.boot.config.DatabaseSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where the database is and who asks; prints itself without the password. */
public record DatabaseAddress(String url, String user, String password) {
  private static final String JDBC = "jdbc:postgresql:";

  /** Understands {@code jdbc:postgresql://...} and {@code postgresql://user:password@...}. */
  public static DatabaseAddress parse(DatabaseSettings settings) throws ConfigurationFault {
    String url = settings.url().strip();
    if (url.startsWith(JDBC)) {
      return new DatabaseAddress(url, settings.user(), settings.password());
    }
    if (url.startsWith("postgresql://") || url.startsWith("postgres://")) {
      try {
        return of(new URI(url), settings);
      } catch (URISyntaxException e) {
        throw new ConfigurationFault(
            "signalbox.database.url: not a URL (%-encode special characters in the password)");
      }
    }
    throw new ConfigurationFault(
        "signalbox.database.url: must begin with jdbc:postgresql:// or postgresql://");
  }

  private static DatabaseAddress of(URI uri, DatabaseSettings settings) throws ConfigurationFault {
    if (uri.getHost() == null) {
      throw new ConfigurationFault("signalbox.database.url: names no host");
    }
    String[] login = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
    String user = login[0].isEmpty() ? settings.user() : decoded(login[0]);
    String password = login.length < 2 ? settings.password() : decoded(login[1]);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new DatabaseAddress(
        JDBC + "//" + uri.getHost() + port + uri.getRawPath() + query, user, password);
  }

  /** The same with driver properties added, unless the URL sets them itself. */
  public DatabaseAddress with(String property, Object value) {
    if (url.contains(property + "=")) {
      return this;
    }
    String sign = url.contains("?") ? "&" : "?";
    return new DatabaseAddress(url + sign + property + "=" + value, user, password);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return url.replaceFirst("\\?.*", "");
  }
}
