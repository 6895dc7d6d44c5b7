package io.signalbox.runtime.retention;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How long ended runs are kept; reference.conf says what each key means.
 *
 * @param batch runs looked for, and journal rows deleted, at a time
 * @param rules the first that fits a run holds; without one it is kept
 */
public record RetentionSettings(Duration checkEvery, int batch, List<Rule> rules) {
  private static final Set<String> STATUSES = Set.of("completed", "faulted", "cancelled");

  /**
   * Ended runs of this status, in this namespace or in those without a rule, go after this time.
   */
  public record Rule(Optional<String> namespace, String status, Duration keep) {}

  public RetentionSettings {
    rules = List.copyOf(rules);
    if (checkEvery.compareTo(Duration.ofSeconds(1)) < 0 || batch < 1) {
      throw new IllegalArgumentException(
          "signalbox.runtime.retention: check-every must be at least 1 s and batch at least 1");
    }
  }

  /** From {@code signalbox.runtime.retention}. */
  public static RetentionSettings from(Config retention) {
    List<Rule> rules = new ArrayList<>();
    Config namespaces = retention.getConfig("namespaces");
    for (String namespace : namespaces.root().keySet()) {
      read(Optional.of(namespace), namespaces.getConfig(ConfigUtil.quoteString(namespace)), rules);
    }
    read(Optional.empty(), retention.getConfig("keep"), rules);
    return new RetentionSettings(
        retention.getDuration("check-every"), retention.getInt("batch"), rules);
  }

  private static void read(Optional<String> namespace, Config keep, List<Rule> rules) {
    for (String status : keep.root().keySet()) {
      if (!STATUSES.contains(status)) {
        throw new IllegalArgumentException(
            "signalbox.runtime.retention: there is no status " + status + ", but " + STATUSES);
      }
      if (!keep.getString(status).equals("forever")) {
        rules.add(new Rule(namespace, status, keep.getDuration(status)));
      }
    }
  }

  /** The namespaces that have a rule of their own for this status. */
  List<String> named(String status) {
    return rules.stream()
        .filter(rule -> rule.status().equals(status))
        .flatMap(rule -> rule.namespace().stream())
        .toList();
  }
}
