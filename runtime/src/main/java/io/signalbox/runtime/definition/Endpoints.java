package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.runtime.expression.Expressions;
import java.util.Optional;
import java.util.Set;

/** Reads the DSL's endpoints: an address, or an address with authentication. */
final class Endpoints {
  private final Compilation in;

  Endpoints(Compilation in) {
    this.in = in;
  }

  /**
   * The endpoint with its authentication written out.
   *
   * @param address what its address must match, unless it is an expression
   * @param expected what to say where it does not
   */
  Optional<JsonNode> read(Place parent, String what, Names names, String address, String expected) {
    Place endpoint = parent.at("endpoint");
    if (!endpoint.present()) {
      in.findings.fault(parent, what + " needs 'endpoint'");
      return Optional.empty();
    }
    if (!endpoint.node().isObject()) {
      uri(endpoint, names, address, expected);
      return Optional.of(endpoint.node());
    }
    in.findings.only(endpoint, "an endpoint", Set.of("uri", "authentication"));
    if (!endpoint.at("uri").present()) {
      in.findings.fault(endpoint, "an endpoint needs 'uri'");
    } else {
      uri(endpoint.at("uri"), names, address, expected);
    }
    ObjectNode resolved = endpoint.node().deepCopy();
    in.authentications
        .read(endpoint.at("authentication"), names)
        .ifPresent(it -> resolved.set("authentication", it));
    return Optional.of(resolved);
  }

  private void uri(Place place, Names names, String address, String expected) {
    String uri = in.findings.text(place).orElse("");
    if (Expressions.isExpression(uri)) {
      in.findings.expression(place, names);
    } else if (!uri.isEmpty() && !uri.matches(address)) {
      in.findings.fault(place, expected);
    }
  }
}
