package io.signalbox.http.wire;

import io.signalbox.protocol.Fault;
import java.util.List;
import java.util.regex.Pattern;

/** What may be the name of something: it goes into entity ids, so its characters are few. */
public final class Names {
  public static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  public static final String RULE =
      "must be 1 to 128 characters of A-Z, a-z, 0-9, dot, underscore and dash";

  private Names() {}

  /** The name in a path that is only read: what cannot exist is not found. */
  public static String seek(String what, String name) {
    if (!FORM.matcher(name).matches()) {
      throw Problem.notFound("there is no " + what + " of that name");
    }
    return name;
  }

  /** The name in a path that changes something: a bad one is the caller's fault. */
  public static String take(String what, String name) {
    if (!FORM.matcher(name).matches()) {
      String message = "the name of a " + what + " " + RULE;
      throw Problem.invalid(message, List.of(new Fault("", message)));
    }
    return name;
  }
}
