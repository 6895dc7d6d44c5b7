package io.signalbox.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * JSON can spell characters that are no text: NUL, which the database cannot keep, and halves of
 * surrogate pairs, which UTF-8 cannot write. They are refused at the door, before they are stored.
 */
final class Texts {
  private static final Pattern SUSPECT = Pattern.compile("\\\\u(0000|[dD][89a-fA-F])");

  private Texts() {}

  static JsonNode checked(String source, JsonNode body) {
    if (SUSPECT.matcher(source).find()) {
      List<Fault> faults = new ArrayList<>();
      walk(body, "", faults);
      if (!faults.isEmpty()) {
        Fault first = faults.getFirst();
        throw Problem.invalid(first.pointer() + " " + first.message(), faults);
      }
    }
    return body;
  }

  private static void walk(JsonNode node, String at, List<Fault> faults) {
    if (node.isTextual() && !sound(node.textValue())) {
      faults.add(new Fault(at, "holds a NUL or half of a surrogate pair"));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      walk(node.get(i), at + "/" + i, faults);
    }
    node.properties()
        .forEach(
            e -> {
              if (!sound(e.getKey())) {
                faults.add(new Fault(at, "has a name with a NUL or half of a surrogate pair"));
              } else {
                walk(
                    e.getValue(),
                    at + "/" + e.getKey().replace("~", "~0").replace("/", "~1"),
                    faults);
              }
            });
  }

  /** Whether the text can be stored and written. */
  static boolean sound(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
