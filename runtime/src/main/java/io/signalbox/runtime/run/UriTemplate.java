package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.runtime.expression.ExpressionFailed;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Simple expansion of {@code {name}} from top-level properties (RFC 6570, level 1, as the DSL
 * narrows it): what is not there gives nothing, what is no plain value is an error.
 */
final class UriTemplate {
  private static final Pattern NAME = Pattern.compile("\\{([A-Za-z0-9_.-]+)}");
  private static final String UNRESERVED = "-._~";

  private UriTemplate() {}

  /**
   * Fills the template.
   *
   * @throws ExpressionFailed when a value is an object or a list, or would climb to another path
   */
  static String expand(String template, JsonNode values) {
    Matcher names = NAME.matcher(template);
    StringBuilder uri = new StringBuilder();
    while (names.find()) {
      JsonNode value = values.path(names.group(1));
      if (value.isContainerNode()) {
        throw new ExpressionFailed(
            template, "{" + names.group(1) + "} must be a text, number, boolean or null");
      }
      String text = value.isNull() || value.isMissingNode() ? "" : value.asText();
      if (text.equals(".") || text.equals("..")) {
        throw new ExpressionFailed(template, "{" + names.group(1) + "} cannot be '" + text + "'");
      }
      names.appendReplacement(uri, Matcher.quoteReplacement(encode(text)));
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
