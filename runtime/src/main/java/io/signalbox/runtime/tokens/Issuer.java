package io.signalbox.runtime.tokens;

import com.nimbusds.jose.JWSAlgorithm;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueType;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An issuer whose tokens are accepted, and what its claims mean here; tokens.conf says what each
 * key means.
 *
 * @param tenant whose people it knows, unless a claim says so
 */
public record Issuer(
    String name,
    Set<String> audiences,
    Optional<URI> keys,
    Set<JWSAlgorithm> algorithms,
    Optional<String> tenant,
    Mapping tenants,
    String principalClaim,
    String principalKind,
    Mapping roles,
    Mapping namespaces) {
  private static final Set<JWSAlgorithm> SIGNATURES =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

  public Issuer {
    audiences = Set.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
    require(safe(URI.create(name)), name, "issuer must be an https address, or http on loopback");
    require(keys.map(Issuer::safe).orElse(true), name, "keys must be https, or http on loopback");
    require(!audiences.isEmpty(), name, "audiences must name whom its tokens are meant for");
    require(
        !algorithms.isEmpty() && SIGNATURES.containsAll(algorithms),
        name,
        "algorithms must be among RS, PS and ES with 256, 384 or 512");
    require(
        tenant.isPresent() != tenants.claim().isPresent(),
        name,
        "give either its tenant or a claim that names it (tenants)");
    require(
        tenants.claim().isEmpty() || !tenants.values().isEmpty(),
        name,
        "tenants.map must say which tenant each value of the claim means");
    require(
        Set.of("user", "service").contains(principalKind),
        name,
        "principal.kind must be user or service");
    require(
        tenant.stream().allMatch(it -> it.matches(NAME))
            && List.of(tenants, roles).stream()
                .flatMap(it -> it.values().values().stream())
                .flatMap(Set::stream)
                .allMatch(it -> it.matches(NAME)),
        name,
        "tenants and roles have 1 to 63 letters, digits, '.', '_' and '-'");
  }

  /**
   * What values of a claim stand for; a value that is not among them stands for nothing.
   *
   * @param claim its name, or a JSON pointer into the claims
   */
  public record Mapping(Optional<String> claim, Map<String, Set<String>> values) {
    public Mapping {
      values = Map.copyOf(values);
    }

    static Mapping from(Config c) {
      Map<String, Set<String>> values = new TreeMap<>();
      c.getObject("map")
          .forEach(
              (key, value) ->
                  values.put(
                      key,
                      value.valueType() == ConfigValueType.LIST
                          ? ((List<?>) value.unwrapped())
                              .stream().map(String::valueOf).collect(Collectors.toSet())
                          : Set.of(String.valueOf(value.unwrapped()))));
      return new Mapping(text(c, "claim"), values);
    }
  }

  static Issuer from(Config c) {
    Set<JWSAlgorithm> algorithms = new HashSet<>();
    c.getStringList("algorithms").forEach(it -> algorithms.add(JWSAlgorithm.parse(it)));
    return new Issuer(
        c.getString("issuer"),
        new HashSet<>(c.getStringList("audiences")),
        text(c, "keys").map(URI::create),
        algorithms,
        text(c, "tenant"),
        Mapping.from(c.getConfig("tenants")),
        c.getString("principal.claim"),
        c.getString("principal.kind"),
        Mapping.from(c.getConfig("roles")),
        Mapping.from(c.getConfig("namespaces")));
  }

  private static Optional<String> text(Config c, String key) {
    return Optional.of(c.getString(key)).filter(it -> !it.isBlank());
  }

  /** Keys fetched in the clear could be anybody's. */
  static boolean safe(URI uri) {
    return "https".equals(uri.getScheme())
        || ("http".equals(uri.getScheme())
            && uri.getHost() != null
            && Set.of("127.0.0.1", "localhost", "[::1]").contains(uri.getHost()));
  }

  private static void require(boolean holds, String name, String what) {
    if (!holds) {
      throw new IllegalArgumentException(
          "signalbox.runtime.tokens.issuers: '" + name + "': " + what);
    }
  }
}
