package io.signalbox.http;

import io.signalbox.http.wire.Fields;
import io.signalbox.protocol.tool.ToolTaint;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of a tool that says whom its results and its arguments may be trusted with. */
final class TaintFields {
  private static final List<String> RESULTS = List.of("untrusted", "trusted");
  private static final List<String> ACTIONS = List.of("ask", "block", "allow", "ignore");
  private static final List<String> ROLES =
      List.of("destination", "object", "power", "address", "detail", "payload");

  private TaintFields() {}

  static Optional<ToolTaint> read(Fields tool) {
    if (tool.object("taint").isEmpty()) {
      return Optional.empty();
    }
    Fields taint = tool.inside("taint");
    String results = taint.choice("results", RESULTS);
    List<String> fields = taint.texts("trustedFields");
    boolean sensitive = flag(taint, "sensitive");
    boolean outside = flag(taint, "outside");
    Map<String, String> arguments = taint.textMap("arguments");
    arguments.forEach(
        (name, role) -> {
          if (!ROLES.contains(role)) {
            taint.fault("arguments", name + " must be one of " + ROLES);
          }
        });
    Optional<String> action = taint.text("onTainted");
    taint.choice("onTainted", ACTIONS);
    return Optional.of(
        new ToolTaint(results.equals("trusted"), fields, sensitive, outside, arguments, action));
  }

  private static boolean flag(Fields fields, String name) {
    var given = fields.any(name).filter(it -> !it.isNull());
    given.filter(it -> !it.isBoolean()).ifPresent(_ -> fields.fault(name, "must be true or false"));
    return given.map(it -> it.asBoolean(false)).orElse(false);
  }
}
