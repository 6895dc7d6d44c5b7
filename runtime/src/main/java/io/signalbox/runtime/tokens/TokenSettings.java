package io.signalbox.runtime.tokens;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whose tokens are accepted, and how their keys are fetched; tokens.conf says what each means. */
public record TokenSettings(
    List<Issuer> issuers,
    Duration clockSkew,
    Duration keysFor,
    Duration refetch,
    Duration outage,
    Duration timeout,
    long bytes) {
  private static final Duration MOST_SKEW = Duration.ofMinutes(10);

  public TokenSettings {
    issuers = List.copyOf(issuers);
    Set<String> names = new HashSet<>();
    issuers.forEach(it -> require(names.add(it.name()), it.name() + " is there twice"));
    require(
        !clockSkew.isNegative() && clockSkew.compareTo(MOST_SKEW) <= 0,
        "clock-skew must be from 0 s to " + MOST_SKEW);
    require(refetch.isPositive() && timeout.isPositive(), "every duration must be positive");
    require(keysFor.compareTo(refetch) > 0, "keys-for must be longer than refetch");
    require(!outage.isNegative(), "outage must not be negative");
    require(bytes >= 1024, "bytes must be at least 1 KiB");
  }

  /** From {@code signalbox.runtime.tokens}. */
  public static TokenSettings from(Config c) {
    return new TokenSettings(
        c.getConfigList("issuers").stream()
            .map(it -> Issuer.from(it.withFallback(c.getConfig("issuer"))))
            .toList(),
        c.getDuration("clock-skew"),
        c.getDuration("keys-for"),
        c.getDuration("refetch"),
        c.getDuration("outage"),
        c.getDuration("timeout"),
        c.getBytes("bytes"));
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("signalbox.runtime.tokens: " + what);
    }
  }
}
