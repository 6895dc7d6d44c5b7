package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One reading of one definition: what has been found so far, and what its parts share. */
final class Compilation {
  static final int DEEPEST = 16;
  static final int MOST_TASKS = 1000;

  final Findings findings = new Findings();
  final Map<String, Step> steps = new LinkedHashMap<>();
  final Reusables use;
  final Optional<SchemaCheck> schema;
  final StepLists lists = new StepLists(this);
  final StepReader reader = new StepReader(this);
  final FlowTasks flow = new FlowTasks(this);
  final CatchReader catches = new CatchReader(this);
  final PlainTasks plain = new PlainTasks(this);
  final HttpCall http = new HttpCall(this);
  final OpenApiCall openapi = new OpenApiCall(this);
  final Endpoints endpoints = new Endpoints(this);
  final Authentications authentications = new Authentications(this);
  final GatewayCalls gateway = new GatewayCalls(this);
  int tasks;

  Compilation(Place root, Optional<SchemaCheck> schema) {
    this.schema = schema;
    this.use = new Reusables(root.at("use"), findings);
  }

  /** {@code timeout}: inline, or by name from {@code use.timeouts}. */
  Optional<JsonNode> timeout(Place place, Names names) {
    if (!place.present()) {
      return Optional.empty();
    }
    Place timeout = use.resolve(place, "timeouts");
    if (!timeout.present() || !findings.object(timeout, "a timeout")) {
      return Optional.empty();
    }
    findings.only(timeout, "a timeout", Set.of("after"));
    if (!timeout.at("after").present()) {
      findings.fault(timeout, "a timeout needs 'after'");
    }
    return findings.duration(timeout.at("after"), names);
  }

  /** {@code input.from}, {@code output.as} or {@code export.as}. */
  Optional<JsonNode> filter(Place owner, String property, String filter, Names names) {
    Place place = owner.at(property);
    if (!place.present() || !findings.object(place, "'" + property + "'")) {
      return Optional.empty();
    }
    if (place.at("schema").present()) {
      findings.notBuilt(place.at("schema"), "checking the " + property + " against a schema is");
    }
    findings.only(place, "'" + property + "'", Set.of(filter, "schema"));
    return findings.filter(place.at(filter), names);
  }
}
