package io.signalbox.agents.guard.sensitive;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that are called a password or a key where they stand, if they are not plain words. */
final class NamedSecrets {
  private static final String NAME =
      "(?:[\\w.-]{0,40}(?:pass(?:word|wd|phrase|code)?|pwd|secret|api[_-]?key|apikey|access[_-]?key|auth[_-]?token|access[_-]?token|refresh[_-]?token|client[_-]?secret|private[_-]?key|encryption[_-]?key|signing[_-]?key|token|credential)s?[\\w-]{0,20})";
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?<![\\w.])[\"']?"
              + NAME
              + "[\"']?\\s{0,3}(?:=>|:=|=|:)\\s{0,3}(?:[\"'`]([^\"'`\\r\\n]{6,512})[\"'`]|([^\\s\"'`,;<>(){}\\[\\]]{6,512}))",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SAID =
      Pattern.compile(
          "\\b(?:password|passwort|passcode|passphrase|pwd|mot de passe|contraseña|api key|secret key|access key|token|secret)(?: (?:for [\\w .]{1,30}? )?(?:is|was|to|=|lautet|ist|est|es)|:)\\s{1,3}[\"'`“]?([^\\s\"'`“”,;<>]{6,256})",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern HEADER =
      Pattern.compile(
          "(?:authorization[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?)(?:bearer|basic|token|apikey)\\s+([A-Za-z0-9+/._~=-]{12,2048})",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern AWS =
      Pattern.compile(
          "(?i:aws|secret)[^\\n]{0,40}?(?<![A-Za-z0-9/+=])([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])");

  private NamedSecrets() {}

  static void find(String text, List<Hit> hits) {
    named(ASSIGNED, text, "named-secret", hits);
    named(SAID, text, "said-secret", hits);
    Matcher header = HEADER.matcher(text);
    while (header.find()) {
      if (!Randomness.placeholder(header.group(1))) {
        hits.add(new Hit("secret", "authorization-header", header.start(1), header.end(1), 0.95));
      }
    }
    Matcher aws = AWS.matcher(text);
    while (aws.find()) {
      if (Randomness.entropy(aws.group(1)) > 4.2 && !hex(aws.group(1))) {
        hits.add(new Hit("secret", "aws-secret-key", aws.start(1), aws.end(1), 0.9));
      }
    }
  }

  private static boolean hex(String value) {
    return value.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  private static void named(Pattern pattern, String text, String rule, List<Hit> hits) {
    Matcher m = pattern.matcher(text);
    while (m.find()) {
      int group = m.group(1) != null ? 1 : 2;
      String value = m.group(group);
      int end = m.end(group);
      while (end > m.start(group) && ".!?:".indexOf(text.charAt(end - 1)) >= 0) {
        end--; // the sentence's
      }
      String trimmed = value.substring(0, end - m.start(group));
      if (trimmed.length() >= 6 && random(trimmed) && !Randomness.placeholder(trimmed)) {
        hits.add(new Hit("secret", rule, m.start(group), end, 0.85));
      }
    }
  }

  /** Letters and digits, or signs among them: no word of a language, no name of a variable. */
  private static boolean random(String value) {
    boolean digit = value.chars().anyMatch(Character::isDigit);
    boolean letter = value.chars().anyMatch(Character::isLetter);
    boolean sign = value.chars().anyMatch(c -> "!@#$%^&*?+=~".indexOf(c) >= 0);
    boolean path =
        (value.contains("/") && !digit)
            || value.contains("://")
            || value.contains("::")
            || value.contains("->");
    boolean code =
        value.contains("(")
            || value.contains("[")
            || value.matches("[A-Za-z]\\w*(?:\\.[A-Za-z]\\w*)+");
    boolean mixed = letter && (digit || sign);
    return mixed
        && !path
        && !code
        && !value.contains(" ")
        && Randomness.entropy(value) > 2.3
        && !value.matches("(?:[a-z]+[-_])+[a-z]*\\d{0,2}")
        && !value.matches("\\d+(?:\\.\\d+)?[a-zA-Z]{1,3}");
  }
}
