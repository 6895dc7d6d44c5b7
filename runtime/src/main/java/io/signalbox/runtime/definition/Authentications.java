package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.runtime.expression.Expressions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads authentication policies: basic, bearer, digest, oauth2 and oidc. */
final class Authentications {
  static final String TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String CHOICE = "must have one of basic, bearer, digest, oauth2 and oidc";
  private static final List<String> GRANTS =
      List.of("client_credentials", "password", "refresh_token", TOKEN_EXCHANGE);
  private static final List<String> CLIENTS =
      List.of(
          "client_secret_basic",
          "client_secret_post",
          "client_secret_jwt",
          "private_key_jwt",
          "none");
  private static final Set<String> TOKEN =
      Set.of(
          "authority",
          "grant",
          "client",
          "request",
          "issuers",
          "scopes",
          "audiences",
          "username",
          "password",
          "subject",
          "actor");

  private final Compilation in;

  Authentications(Compilation in) {
    this.in = in;
  }

  /** The policy written out, also where it is named. */
  Optional<JsonNode> read(Place place, Names names) {
    if (!place.present() || !in.findings.object(place, "'authentication'")) {
      return Optional.empty();
    }
    Place policy = place;
    if (place.at("use").present()) {
      in.findings.only(place, "'authentication' with 'use'", Set.of("use"));
      if (in.findings.text(place.at("use")).isEmpty()) {
        return Optional.empty();
      }
      policy = in.use.resolve(place.at("use"), "authentications");
      if (!policy.present()) {
        return Optional.empty();
      }
    }
    return policy(policy, names);
  }

  /** An authentication policy, inline or declared under {@code use.authentications}. */
  Optional<JsonNode> policy(Place policy, Names names) {
    if (!policy.node().isObject() || policy.node().size() != 1) {
      in.findings.fault(policy, CHOICE);
      return Optional.empty();
    }
    String scheme = policy.node().fieldNames().next();
    Place options = policy.at(scheme);
    switch (scheme) {
      case "basic", "digest" -> credentials(options, names, Set.of("username", "password"));
      case "bearer" -> credentials(options, names, Set.of("token"));
      case "oauth2" -> token(options, names, true);
      case "oidc" -> token(options, names, false);
      case "certificate" ->
          in.findings.fault(
              options,
              "certificate authentication is not built: the DSL does not say how certificates are"
                  + " given; "
                  + CHOICE);
      default ->
          in.findings.fault(options, "there is no authentication '" + scheme + "'; it " + CHOICE);
    }
    return Optional.of(policy.node());
  }

  private void credentials(Place options, Names names, Set<String> needed) {
    if (!in.findings.object(options, "it") || bySecret(options)) {
      return;
    }
    in.findings.only(options, "it", needed);
    needed.stream().sorted().forEach(name -> in.findings.requiredText(options, name, "it"));
    in.findings.template(options, names);
  }

  /** {@code use: NAME} takes everything from the fields of a secret. */
  private boolean bySecret(Place options) {
    if (!options.at("use").present()) {
      return false;
    }
    in.findings.only(options, "authentication by a secret", Set.of("use"));
    in.findings
        .text(options.at("use"))
        .ifPresent(name -> in.findings.secrets.require(options.at("use"), name, in.findings));
    return true;
  }

  private void token(Place options, Names names, boolean oauth2) {
    if (!in.findings.object(options, "it") || bySecret(options)) {
      return;
    }
    Set<String> allowed = new java.util.TreeSet<>(TOKEN);
    if (oauth2) {
      allowed.add("endpoints");
    }
    in.findings.only(options, oauth2 ? "oauth2" : "oidc", allowed);
    String authority = in.findings.requiredText(options, "authority", "it");
    if (!authority.isEmpty()
        && !Expressions.isExpression(authority)
        && !authority.matches(HttpCall.ADDRESS)) {
      in.findings.fault(options.at("authority"), HttpCall.EXPECTED);
    }
    String grant = in.findings.requiredText(options, "grant", "it");
    if (grant.equals("authorization_code")) {
      in.findings.fault(
          options.at("grant"),
          "authorization_code needs a person at a browser, and a workflow has none; use one of "
              + String.join(", ", GRANTS));
    } else if (!grant.isEmpty() && !GRANTS.contains(grant)) {
      in.findings.fault(options.at("grant"), "must be one of " + String.join(", ", GRANTS));
    }
    given(options, grant);
    client(options);
    in.findings.template(options, names);
  }

  /** What each grant presents. */
  private void given(Place options, String grant) {
    switch (grant) {
      case "password" -> {
        in.findings.requiredText(options, "username", "the grant 'password'");
        in.findings.requiredText(options, "password", "the grant 'password'");
      }
      case "refresh_token", TOKEN_EXCHANGE -> {
        if (!options.at("subject").at("token").present()) {
          in.findings.fault(
              options,
              "the grant '"
                  + grant
                  + "' needs 'subject' with the token that is exchanged, and its type");
        }
      }
      default -> {}
    }
  }

  private void client(Place options) {
    Place client = options.at("client");
    Place way = client.at("authentication");
    if (way.present() && !CLIENTS.contains(way.text())) {
      in.findings.fault(way, "must be one of " + String.join(", ", CLIENTS));
      return;
    }
    if (!client.present()) {
      in.findings.fault(options, "it needs 'client' with its 'id'");
      return;
    }
    if (!in.findings.object(client, "'client'")) {
      return;
    }
    switch (way.present() ? way.text() : "client_secret_post") {
      case "none" -> {}
      case "private_key_jwt" ->
          in.findings.requiredText(client, "assertion", "a client with private_key_jwt");
      default -> {
        in.findings.requiredText(client, "id", "a client");
        in.findings.requiredText(client, "secret", "a client that authenticates by its secret");
      }
    }
  }
}
