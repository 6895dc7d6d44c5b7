package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Fields;
import io.signalbox.protocol.access.Grant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads permissions: text that holds in every namespace, or an object that names one. */
final class Grants {
  private static final Pattern PERMISSION = Pattern.compile("[A-Za-z0-9._:*@-]{1,200}");
  private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9*][A-Za-z0-9.*-]{0,127}");
  private static final int MOST = 500;

  private Grants() {}

  static Set<Grant> of(Fields fields, String name) {
    Set<Grant> grants = new HashSet<>();
    Optional<JsonNode> list = fields.any(name);
    if (list.filter(JsonNode::isArray).isEmpty() || list.get().size() > MOST) {
      fields.fault(name, "must be an array of at most " + MOST + " permissions");
      return grants;
    }
    for (JsonNode one : list.get()) {
      String permission = one.isTextual() ? one.textValue() : one.path("permission").asText();
      String namespace = one.isTextual() ? "*" : one.path("namespace").asText("*");
      if (!PERMISSION.matcher(permission).matches() || !NAMESPACE.matcher(namespace).matches()) {
        fields.fault(
            name,
            "must hold permissions such as \"run:start\" or {namespace: billing, permission: run:*}");
        return grants;
      }
      grants.add(new Grant(namespace, permission));
    }
    return grants;
  }
}
