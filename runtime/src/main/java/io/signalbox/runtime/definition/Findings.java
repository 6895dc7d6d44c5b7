package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Fault;
import io.signalbox.runtime.expression.Expressions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects the faults of a definition; the checks that many kinds of task share. */
final class Findings {
  private static final int MOST = 200;
  private static final int DEEPEST_TEMPLATE = 100;

  final SecretUses secrets = new SecretUses();
  private final Set<Fault> faults = new LinkedHashSet<>();

  /** Whether templates are read as {@code evaluate.mode: loose} has it. */
  boolean loose;

  List<Fault> all() {
    return List.copyOf(faults);
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  boolean full() {
    return faults.size() >= MOST;
  }

  void fault(Place place, String message) {
    fault(place.pointer(), message);
  }

  void fault(String pointer, String message) {
    if (!full()) {
      faults.add(new Fault(pointer, message));
    }
  }

  void notBuilt(Place place, String what) {
    fault(place, what + " not built yet");
  }

  /** Whether a fault was found at this pointer, above it or below it. */
  boolean near(String pointer) {
    return near(pointer, List.of());
  }

  /** The same, but faults under the given pointers do not count. */
  boolean near(String pointer, List<String> except) {
    return faults.stream()
        .map(Fault::pointer)
        .filter(known -> except.stream().noneMatch(it -> within(known, it)))
        .anyMatch(known -> within(known, pointer) || within(pointer, known));
  }

  static boolean within(String inner, String outer) {
    return inner.equals(outer) || inner.startsWith(outer + "/");
  }

  /** Whether it is an object; a fault otherwise. */
  boolean object(Place place, String what) {
    if (!place.node().isObject()) {
      fault(place, what + " must be an object");
      return false;
    }
    return true;
  }

  void only(Place place, String what, Set<String> allowed) {
    place
        .node()
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!allowed.contains(name)) {
                fault(
                    place.at(name),
                    "%s has no property '%s'; it may have %s"
                        .formatted(
                            what, name, String.join(", ", allowed.stream().sorted().toList())));
              }
            });
  }

  /** The text there, if there is anything; a fault if it is something else. */
  Optional<String> text(Place place) {
    if (!place.present()) {
      return Optional.empty();
    }
    if (!place.node().isTextual() || place.node().textValue().isBlank()) {
      fault(place, "must be a text that is not empty");
      return Optional.empty();
    }
    return Optional.of(place.node().textValue());
  }

  /** A text that must be there; empty, with a fault, if it is not. */
  String requiredText(Place parent, String name, String what) {
    if (!parent.at(name).present()) {
      fault(parent, what + " needs '" + name + "'");
      return "";
    }
    return text(parent.at(name)).orElse("");
  }

  /** An expression, bare or in <code>${ }</code>. */
  Optional<String> expression(Place place, Names names) {
    Optional<String> text = text(place);
    text.ifPresent(it -> secrets.note(place, it, this));
    text.flatMap(it -> Expressions.fault(it, names.known()))
        .ifPresent(why -> fault(place, "the expression fails: " + why));
    return text;
  }

  /** A template: every expression in it must compile. */
  Optional<JsonNode> template(Place place, Names names) {
    if (!place.present()) {
      return Optional.empty();
    }
    template(place, names, 0);
    return Optional.of(loosened(place.node(), names));
  }

  /** A template as the interpreter is to have it. */
  JsonNode loosened(JsonNode template, Names names) {
    return loose && isEmpty() ? Loose.template(template, names) : template;
  }

  private void template(Place place, Names names, int depth) {
    if (depth > DEEPEST_TEMPLATE) {
      fault(place, "is nested deeper than " + DEEPEST_TEMPLATE);
    } else if (place.node().isObject()) {
      place.node().fieldNames().forEachRemaining(n -> template(place.at(n), names, depth + 1));
    } else if (place.node().isArray()) {
      for (int i = 0; i < place.node().size(); i++) {
        template(place.at(i), names, depth + 1);
      }
    } else if (place.node().isTextual() && Expressions.isExpression(place.text())) {
      expression(place, names);
    } else if (!loose && place.node().isTextual() && place.text().strip().startsWith("${")) {
      fault(place, "begins with ${ but does not end with }");
    }
  }

  /** An absolute URI or an expression. */
  void uri(Place place) {
    text(place)
        .filter(it -> !Expressions.isExpression(it) && !it.matches("[A-Za-z][A-Za-z0-9+.-]*://.*"))
        .ifPresent(
            _ ->
                fault(place, "must be a URI such as https://example.com/x, or an expression ${ }"));
  }

  /** A filter ({@code from}, {@code as}): a text is an expression, an object a template. */
  Optional<JsonNode> filter(Place place, Names names) {
    if (!place.present()) {
      return Optional.empty();
    }
    if (place.node().isTextual()) {
      if (!loose || Expressions.isExpression(place.text())) {
        expression(place, names);
      }
    } else if (place.node().isObject()) {
      template(place, names);
    } else {
      fault(place, "must be an expression or an object");
    }
    return Optional.of(loose && isEmpty() ? Loose.filter(place.node(), names) : place.node());
  }

  /** A duration: an object, an ISO 8601 text or an expression. */
  Optional<JsonNode> duration(Place place, Names names) {
    if (!place.present()) {
      return Optional.empty();
    }
    if (place.node().isTextual() && Expressions.isExpression(place.text())) {
      expression(place, names);
    } else if (place.node().isObject()) {
      only(place, "a duration", Durations.UNITS);
      if (!near(place.pointer()) && Durations.parse(place.node()).isEmpty()) {
        fault(place, Durations.EXPECTED);
      }
    } else if (Durations.parse(place.node()).isEmpty()) {
      fault(place, Durations.EXPECTED);
    }
    return Optional.of(place.node());
  }
}
