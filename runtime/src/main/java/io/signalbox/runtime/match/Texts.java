package io.signalbox.runtime.match;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Literals and regular expressions of filters, and values as they are compared. */
final class Texts {
  private static final Pattern SIGNS = Pattern.compile("[\\\\^$*+?{}\\[\\]()|]");
  private static final int STEPS = 100_000;

  private Texts() {}

  /** Whether a literal of a filter takes this text: it is the same, or a pattern of all of it. */
  static boolean takes(String wanted, String actual) {
    return wanted.equals(actual) || (patterned(wanted) && matches(wanted, actual));
  }

  /** Whether a literal could be meant as a regular expression; a dot alone stands for itself. */
  static boolean patterned(String wanted) {
    return SIGNS.matcher(wanted).find();
  }

  /** A literal that takes this text and no other. */
  static String exactly(String text) {
    return patterned(text) ? Pattern.quote(text) : text;
  }

  /** The one text that the literal takes, if there is just one. */
  static Optional<String> only(String wanted) {
    if (wanted.startsWith("\\Q") && wanted.indexOf("\\E") == wanted.length() - 2) {
      return Optional.of(wanted.substring(2, wanted.length() - 2));
    }
    return patterned(wanted) ? Optional.empty() : Optional.of(wanted);
  }

  private static boolean matches(String pattern, String actual) {
    try {
      return Pattern.compile(pattern).matcher(new Metered(actual, new int[] {STEPS})).matches();
    } catch (PatternSyntaxException | TooManySteps | StackOverflowError e) {
      // no regular expression, so only itself; or one that does not come to an end on this text
      return false;
    }
  }

  /** The same moment, whatever the offset it is written with. */
  static boolean sameTime(String wanted, String actual) {
    try {
      return OffsetDateTime.parse(wanted)
          .toInstant()
          .equals(OffsetDateTime.parse(actual).toInstant());
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** A value as it is compared with another: 42, 42.0 and "42" are the same; null is none. */
  static Optional<String> plain(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (value.isNumber()) {
      BigDecimal number = value.decimalValue().stripTrailingZeros();
      // written out only where that is short
      return Optional.of(
          Math.abs(number.scale()) > 64 ? number.toString() : number.toPlainString());
    }
    return Optional.of(value.isContainerNode() ? ordered(value) : value.asText());
  }

  private static String ordered(JsonNode value) {
    StringBuilder text = new StringBuilder();
    if (value.isObject()) {
      Map<String, JsonNode> fields = new TreeMap<>();
      value.properties().forEach(it -> fields.put(it.getKey(), it.getValue()));
      fields.forEach((name, it) -> text.append(name).append(':').append(ordered(it)).append(','));
      return "{" + text + "}";
    }
    if (value.isArray()) {
      value.forEach(it -> text.append(ordered(it)).append(','));
      return "[" + text + "]";
    }
    return value.isNumber() ? plain(value).orElse("") : value.toString();
  }

  /** More looks at the text than a match may take. */
  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManySteps() {
      super("too many steps", null, false, false);
    }
  }

  /** A text that lets itself be looked at only so often: no pattern can keep a thread busy. */
  private record Metered(CharSequence text, int[] left) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (left[0]-- <= 0) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Metered(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
