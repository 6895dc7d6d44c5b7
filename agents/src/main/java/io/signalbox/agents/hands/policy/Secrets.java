package io.signalbox.agents.hands.policy;

import static io.signalbox.agents.hands.policy.Severity.HIGH;
import static io.signalbox.agents.hands.policy.Severity.MEDIUM;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Credentials by their shape, and assignments that look like one. */
final class Secrets {
  static final List<Rule> KNOWN =
      List.of(
          Rule.of(
              "secret.aws-access-key",
              HIGH,
              "AWS access key id",
              "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
          Rule.of(
              "secret.github-token",
              HIGH,
              "GitHub token",
              "\\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\\b"),
          Rule.of("secret.gitlab-token", HIGH, "GitLab token", "\\bglpat-[A-Za-z0-9_-]{20,}"),
          Rule.of("secret.slack-token", HIGH, "Slack token", "\\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
          Rule.of(
              "secret.slack-webhook",
              HIGH,
              "Slack webhook address",
              "https://hooks\\.slack\\.com/(?:services|workflows)/[A-Za-z0-9/_-]{20,}"),
          Rule.of("secret.google-api-key", HIGH, "Google API key", "\\bAIza[0-9A-Za-z_-]{35}"),
          Rule.of(
              "secret.stripe-key", HIGH, "Stripe live key", "\\b[rs]k_live_[0-9A-Za-z]{16,}\\b"),
          Rule.of("secret.model-api-key", HIGH, "model provider's key", "\\bsk-[A-Za-z0-9_-]{32,}"),
          Rule.of("secret.npm-token", HIGH, "npm token", "\\bnpm_[A-Za-z0-9]{36}\\b"),
          Rule.of(
              "secret.private-key",
              HIGH,
              "private key",
              "-----BEGIN (?:[A-Z0-9]{1,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----"),
          Rule.of(
              "secret.jwt",
              MEDIUM,
              "JSON Web Token",
              "\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}"),
          Rule.of(
              "secret.password-in-url",
              HIGH,
              "password in an address",
              "\\b[a-z][a-z0-9+.-]{1,20}://[^\\s:/@\"'<>${}]{1,80}:[^\\s:/@\"'<>${}]{3,80}@"));

  static final String ASSIGNMENT = "secret.high-entropy-assignment";
  static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|"
              + "credential|auth)[a-z0-9_.-]{0,30}[\"']?\\s{0,5}(?::=|=>|=|:)\\s{0,5}[\"']([^\"'\\s]{12,200})[\"']");
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "(?i)^(?:\\$.*|<.*>|\\{.*}|%.*|.*\\$\\{.*|.*\\{\\{.*|x{6,}|\\*{6,}|.*(?:example|changeme|"
              + "change_me|placeholder|your[_-]|dummy|redacted|not-a-real).*|https?://.*|[a-z]+(?:[._/-][a-z]+)*)$");
  private static final double ENTROPY = 3.3;

  private Secrets() {}

  /** Random enough to be a credential, and not a stand-in for one. */
  static boolean looksReal(String value) {
    return !PLACEHOLDER.matcher(value).matches() && entropy(value) >= ENTROPY;
  }

  /** The line without its secrets, so that a finding does not spread them. */
  static String masked(String line) {
    var masked = line;
    for (var rule : KNOWN) {
      masked = rule.pattern().matcher(masked).replaceAll(hit -> quoted(mask(hit.group())));
    }
    return ASSIGNED
        .matcher(masked)
        .replaceAll(hit -> quoted(hit.group().replace(hit.group(1), mask(hit.group(1)))));
  }

  private static String mask(String secret) {
    return secret.substring(0, Math.min(4, secret.length()))
        + String.format(Locale.ROOT, "…(%d characters)", secret.length());
  }

  private static String quoted(String text) {
    return java.util.regex.Matcher.quoteReplacement(text);
  }

  /** Shannon's, in bits a character. */
  static double entropy(String text) {
    return text.chars()
        .distinct()
        .mapToDouble(
            c -> {
              double share = (double) text.chars().filter(it -> it == c).count() / text.length();
              return -share * Math.log(share) / Math.log(2);
            })
        .sum();
  }
}
