package io.signalbox.protocol.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands for a secret's value in expressions, journal, history and logs. Only characters that
 * no encoding of an address touches, so that a marker is still found within one.
 *
 * @param secret the name under {@code use.secrets}, or {@link #AUTHORIZATION}
 * @param field one value of a secret that has several, such as {@code password}
 * @param tag the run's own, which nobody outside the run can guess: a text from outside that only
 *     looks like a marker stays a text
 */
public record SecretMarker(String secret, Optional<String> field, String tag) {
  /** Stands for the credentials that a task's authentication leads to; no secret is named so. */
  public static final String AUTHORIZATION = "authorization";

  /** With what every marker begins. */
  public static final String BEGIN = "__secret.";

  /** What names of secrets and of their fields look like. */
  public static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62})");

  private static final String PART = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";
  private static final Pattern MARKER =
      Pattern.compile("__secret\\.(" + PART + ")(?:\\.(" + PART + "))?\\.([0-9a-f]{16})__");

  /** Reads {@code NAME} or {@code NAME.FIELD}. */
  public static SecretMarker of(String reference, String tag) {
    int dot = reference.indexOf('.');
    return dot < 0
        ? new SecretMarker(reference, Optional.empty(), tag)
        : new SecretMarker(
            reference.substring(0, dot), Optional.of(reference.substring(dot + 1)), tag);
  }

  /** Finds markers in a text, whatever their tag; see {@link #found}. */
  public static Matcher in(String text) {
    return MARKER.matcher(text);
  }

  /** The marker that a matcher of {@link #in} stands at. */
  public static SecretMarker found(Matcher at) {
    return new SecretMarker(at.group(1), Optional.ofNullable(at.group(2)), at.group(3));
  }

  /** {@code NAME} or {@code NAME.FIELD}. */
  public String reference() {
    return secret + field.map(it -> "." + it).orElse("");
  }

  /** As it stands in a text. */
  public String text() {
    return BEGIN + reference() + "." + tag + "__";
  }
}
