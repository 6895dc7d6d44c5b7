package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One reading of one definition: what has been found so far, and what its parts share. */
final class Compilation {
  final Findings findings = new Findings();
  final Map<String, Step> steps = new LinkedHashMap<>();
  final Reusables use;
  final DefinitionLimits limits;
  final Optional<SchemaCheck> schema;
  final Allowed allowed;
  final Functions functions;
  final StepLists lists = new StepLists(this);
  final StepReader reader = new StepReader(this);
  final FlowTasks flow = new FlowTasks(this);
  final DataReader data = new DataReader(this);
  final ExtensionReader extensions = new ExtensionReader(this);
  final CatchReader catches = new CatchReader(this);
  final PlainTasks plain = new PlainTasks(this);
  final ListenReader listening = new ListenReader(this);
  final HttpCall http = new HttpCall(this);
  final OpenApiCall openapi = new OpenApiCall(this);
  final Endpoints endpoints = new Endpoints(this);
  final Authentications authentications = new Authentications(this);
  final GatewayCalls gateway = new GatewayCalls(this);
  final BeyondReader beyond = new BeyondReader(this);
  final RunTasks runs = new RunTasks(this);
  int tasks;

  Compilation(Place root, DefinitionLimits limits, Optional<SchemaCheck> schema, Allowed allowed) {
    this.limits = limits;
    this.schema = schema;
    this.allowed = allowed;
    this.functions = new Functions(this, allowed.catalogs());
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
}
