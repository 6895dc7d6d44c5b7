package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Set;

/** What a definition declares under {@code use}, found by name where it is used. */
final class Reusables {
  private static final Set<String> SECTIONS =
      Set.of(
          "authentications",
          "errors",
          "retries",
          "secrets",
          "timeouts",
          "functions",
          "catalogs",
          "extensions");

  /** Those whose entries have no names of their own here. */
  private static final Set<String> LISTS = Set.of("extensions", "secrets");

  private final Place use;
  private final Findings findings;

  Reusables(Place use, Findings findings) {
    this.use = use;
    this.findings = findings;
    if (!use.present() || !findings.object(use, "'use'")) {
      return;
    }
    use.node()
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (SECTIONS.contains(name) && !LISTS.contains(name)) {
                findings.object(use.at(name), "'" + name + "'");
              }
            });
    findings.secrets.declare(use.at("secrets"), findings);
    findings.only(use, "'use'", SECTIONS);
  }

  /**
   * The place itself, or where the name written there is declared; a fault and a missing node if it
   * is not.
   */
  Place resolve(Place place, String section) {
    if (!place.node().isTextual()) {
      return place;
    }
    Place declared = use.at(section).at(place.text());
    if (!declared.present()) {
      findings.fault(
          place,
          "there is no '%s' in use.%s; declare it there or write it out here"
              .formatted(place.text(), section));
      return new Place(place.pointer(), MissingNode.getInstance());
    }
    return declared;
  }

  /** A section's entries, to check also those that nothing uses. */
  JsonNode section(String name) {
    return use.node().path(name);
  }

  Place place(String section, String name) {
    return use.at(section).at(name);
  }
}
