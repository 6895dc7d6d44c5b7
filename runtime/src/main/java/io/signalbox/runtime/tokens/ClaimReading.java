package io.signalbox.runtime.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.signalbox.protocol.access.Grant;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.access.Rights;
import io.signalbox.protocol.access.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who comes with the claims of a token that holds. Pure. */
final class ClaimReading {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._@-]{1,128}");
  private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,127}");

  private ClaimReading() {}

  /**
   * The principal, with the roles that its claims are mapped to and no other.
   *
   * @throws Untrusted where they do not say who it is, or whose
   */
  static Principal principal(Issuer issuer, JsonNode claims) throws Untrusted {
    String id = at(claims, issuer.principalClaim()).asText();
    if (!ID.matcher(id).matches()) {
      throw new Untrusted(
          "principal",
          "its claim "
              + issuer.principalClaim()
              + " must have 1 to 128 letters, digits, '.', '_', '@' and '-'");
    }
    Set<String> roles = new HashSet<>(meant(issuer.roles(), claims));
    roles.add(Role.EXTERNAL);
    return new Principal(
        tenant(issuer, claims),
        issuer.principalKind() + ":" + id,
        roles,
        false,
        issuer.namespaces().claim().isPresent()
            ? Optional.of(within(issuer.namespaces(), claims))
            : Optional.empty(),
        Optional.empty());
  }

  private static String tenant(Issuer issuer, JsonNode claims) throws Untrusted {
    if (issuer.tenant().isPresent()) {
      return issuer.tenant().get();
    }
    Set<String> tenants = meant(issuer.tenants(), claims);
    if (tenants.size() != 1) {
      throw new Untrusted("tenant", "its claim that names a tenant names none, or several");
    }
    return tenants.iterator().next();
  }

  /** Namespaces may be meant as they stand, where nothing maps them. */
  private static Rights within(Issuer.Mapping mapping, JsonNode claims) {
    Set<Grant> grants = new HashSet<>();
    Set<String> names =
        mapping.values().isEmpty()
            ? new HashSet<>(values(mapping, claims))
            : meant(mapping, claims);
    for (String name : names) {
      // no pattern: a token must not widen itself
      if (!mapping.values().isEmpty() || NAMESPACE.matcher(name).matches()) {
        grants.add(new Grant(name, "*"));
        grants.add(new Grant(name, "admin:*"));
      }
    }
    return new Rights(List.of(grants));
  }

  private static Set<String> meant(Issuer.Mapping mapping, JsonNode claims) {
    Set<String> all = new HashSet<>();
    values(mapping, claims).forEach(it -> all.addAll(mapping.values().getOrDefault(it, Set.of())));
    return all;
  }

  /** A list, or one text with spaces between, as scopes are written. */
  private static List<String> values(Issuer.Mapping mapping, JsonNode claims) {
    JsonNode claim = mapping.claim().map(it -> at(claims, it)).orElseGet(MissingNode::getInstance);
    if (claim.isTextual()) {
      return List.of(claim.textValue().split(" +"));
    }
    List<String> values = new ArrayList<>();
    if (claim.isArray()) {
      claim.forEach(it -> values.add(it.asText()));
    }
    return values;
  }

  /** A claim's name may itself be an address, so it is a pointer only if it begins like one. */
  private static JsonNode at(JsonNode claims, String claim) {
    return claim.startsWith("/") ? claims.at(claim) : claims.path(claim);
  }
}
