package io.signalbox.runtime.definition;

import io.signalbox.protocol.definition.Extension;
import io.signalbox.protocol.definition.Steps;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code use.extensions}: tasks to do before and after other tasks. */
final class ExtensionReader {
  private static final Set<String> TARGETS =
      Set.of(
          "call",
          "composite",
          "emit",
          "for",
          "listen",
          "raise",
          "run",
          "set",
          "switch",
          "try",
          "wait",
          "all");

  private final Compilation in;

  ExtensionReader(Compilation in) {
    this.in = in;
  }

  List<Extension> read(Place place) {
    if (!place.present()) {
      return List.of();
    }
    if (!place.node().isArray()) {
      in.findings.fault(
          place, "must be a list of named extensions, such as [{log: {extend: all, before: ...}}]");
      return List.of();
    }
    List<Extension> extensions = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < place.node().size(); i++) {
      Place item = place.at(i);
      if (!item.node().isObject() || item.node().size() != 1) {
        in.findings.fault(item, "must be an object with one key, the extension's name");
        continue;
      }
      String name = item.node().fieldNames().next();
      if (!seen.add(name)) {
        in.findings.fault(item.at(name), "there is another extension '" + name + "'; rename one");
      }
      one(item.at(name)).ifPresent(extensions::add);
    }
    return extensions;
  }

  private Optional<Extension> one(Place place) {
    if (!in.findings.object(place, "an extension")) {
      return Optional.empty();
    }
    in.findings.only(place, "an extension", Set.of("extend", "when", "before", "after"));
    String extend = in.findings.requiredText(place, "extend", "an extension");
    if (!extend.isEmpty() && !TARGETS.contains(extend)) {
      in.findings.fault(
          place.at("extend"), "must be one of " + String.join(", ", new TreeSet<>(TARGETS)));
    }
    if (!place.at("before").present() && !place.at("after").present()) {
      in.findings.fault(place, "an extension needs 'before' or 'after'");
    }
    return Optional.of(
        new Extension(
            place.pointer(),
            extend,
            in.findings.expression(place.at("when"), Names.EVERYWHERE),
            list(place.at("before"), Names.EVERYWHERE),
            list(place.at("after"), Names.EVERYWHERE.plus("output"))));
  }

  private Optional<Steps> list(Place place, Names names) {
    return place.present() ? Optional.of(in.lists.sequence(place, names, 1)) : Optional.empty();
  }
}
