package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Simple expansion of {@code {name}} from top-level properties (RFC 6570, level 1). */
final class UriTemplate {
  private static final Pattern NAME = Pattern.compile("\\{([A-Za-z0-9_.]+)}");
  private static final String UNRESERVED = "-._~";

  private UriTemplate() {}

  /**
   * Fills the template.
   *
   * @throws IllegalArgumentException when a name has no scalar value
   */
  static String expand(String template, JsonNode values) {
    Matcher names = NAME.matcher(template);
    StringBuilder uri = new StringBuilder();
    while (names.find()) {
      JsonNode value = values.path(names.group(1));
      if (!value.isValueNode() || value.isNull()) {
        throw new IllegalArgumentException(
            "the task's input has no value for {" + names.group(1) + "} of " + template);
      }
      names.appendReplacement(uri, Matcher.quoteReplacement(encode(value.asText())));
    }
    return names.appendTail(uri).toString();
  }

  private static String encode(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
      out.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return out.toString();
  }
}
