package io.signalbox.runtime.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.Fault;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Calls of http and openapi, authentication and secrets, as definitions write them. */
class OutsideCallsTest {
  private static final DefinitionReader READER = new DefinitionReader();
  private static final String HEAD =
      "document: {dsl: '1.0.3', namespace: test, name: outside, version: '1.0.0'}\n";
  private static final String USE = "use: {secrets: [token, db]}\n";

  @Test
  void everyAuthenticationIsReadInlineAndByNameAndBySecret() {
    for (String policy :
        List.of(
            "basic: {username: u, password: '${ $secrets.token }'}",
            "basic: {use: db}",
            "bearer: {use: token}",
            "digest: {username: u, password: p}",
            "oauth2: {use: db}",
            "oauth2: {authority: 'https://a.example/{realm}', grant: client_credentials,"
                + " client: {id: i, secret: '${ $secrets.token }'}, scopes: [a], audiences: [b],"
                + " endpoints: {token: /token}, request: {encoding: application/json}}",
            "oauth2: {authority: 'https://a.example', grant: password, username: u, password: p,"
                + " client: {id: i, secret: s, authentication: client_secret_basic}}",
            "oidc: {authority: 'https://a.example', grant: 'urn:ietf:params:oauth:grant-type:token-exchange',"
                + " client: {id: i, authentication: none}, subject: {token: t, type: x}}")) {
      assertThat(faults(USE, http("authentication: {" + policy + "}"))).as(policy).isEmpty();
      assertThat(
              faults(
                  "use: {secrets: [token, db], authentications: {mine: {" + policy + "}}}\n",
                  http("authentication: {use: mine}")))
          .as(policy)
          .isEmpty();
    }
  }

  @Test
  void whatIsMissingInAnAuthenticationIsToldWithItsPlace() {
    one(http("authentication: {basic: {use: other}}"), "/basic/use", "no 'other' in use.secrets");
    one(http("authentication: {bearer: {}}"), "/bearer", "needs 'token'");
    one(
        http(
            "authentication: {oauth2: {authority: 'https://a.example', grant: password, client: {id: i, secret: s}, username: u}}"),
        "/oauth2",
        "needs 'password'");
    one(
        http(
            "authentication: {oidc: {authority: 'https://a.example', grant: refresh_token, client: {id: i, secret: s}}}"),
        "/oidc",
        "needs 'subject'");
    one(
        http(
            "authentication: {oauth2: {authority: 'https://a.example', grant: client_credentials, client: {id: i, authentication: private_key_jwt}}}"),
        "/oauth2/client",
        "needs 'assertion'");
  }

  @Test
  void secretsAreDeclaredAndEitherATextOrHaveFields() {
    var valid =
        (Reading.Valid)
            READER.read(
                HEAD
                    + USE
                    + "do: [{it: {set: {a: '${ $secrets.token }', b: '${ $secrets.db.user }', c: '${ $secrets.db[\"pass-word\"] }'}}}]\n");
    assertThat(valid.definition().secrets())
        .containsEntry("token", Set.of())
        .containsEntry("db", Set.of("user", "pass-word"));
    assertThat(faults(USE, "{set: {a: '${ $secrets.other }'}}"))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.pointer()).isEqualTo("/do/0/it/set/a");
              assertThat(fault.message()).contains("'other' in use.secrets");
            });
    assertThat(faults(USE, "{set: {a: '${ $secrets.db }', b: '${ $secrets.db.user }'}}"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).contains("as a text here and with fields"));
    assertThat(faults("use: {secrets: ['a b']}\n", "{set: {a: 1}}"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.pointer()).isEqualTo("/use/secrets/0"));
    assertThat(faults("", "{set: {a: '${ $secrets }'}}"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).contains("declares no secrets"));
  }

  @Test
  void callsOfOpenapiAreReadAndTheirFaultsTold() {
    assertThat(
            faults(
                USE,
                "{call: openapi, with: {document: {endpoint: {uri: 'https://h.example/{v}.json', authentication: {bearer: {use: token}}}},"
                    + " operationId: get, parameters: {id: '${ .id }'}, authentication: {basic: {use: db}},"
                    + " output: response, redirect: true}, metadata: {signalbox: {onUnknownOutcome: ask}}}"))
        .isEmpty();
    openapi("{document: {endpoint: 'file:///etc/api.json'}, operationId: o}");
    one("{call: openapi, with: {operationId: o}}", "/with", "needs 'document'");
    one(
        "{call: openapi, with: {document: {endpoint: 'https://h.example/'}}}",
        "/with",
        "needs 'operationId'");
    one(
        "{call: openapi, with: {document: {endpoint: 'ftp://h.example/'}, operationId: o}}",
        "/with/document/endpoint",
        "must be a URI");
    one(
        "{call: openapi, with: {document: {endpoint: 'https://h.example/'}, operationId: o, parameters: [1]}}",
        "/with/parameters",
        "must be an object");
  }

  @Test
  void anUnknownPolicyForUnknownOutcomesIsRefused() {
    one(
        "{call: http, with: {method: post, endpoint: 'https://h.example/'}, metadata: {signalbox: {onUnknownOutcome: probe}}}",
        "/metadata/signalbox/onUnknownOutcome",
        "must be idempotent");
  }

  private static void openapi(String with) {
    assertThat(faults(USE, "{call: openapi, with: " + with + "}")).isEmpty();
  }

  private static void one(String task, String pointer, String message) {
    assertThat(faults(USE, task))
        .as(task)
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.pointer()).endsWith(pointer);
              assertThat(fault.message()).contains(message);
            });
  }

  private static String http(String more) {
    return "{call: http, with: {method: get, endpoint: {uri: 'https://h.example/', " + more + "}}}";
  }

  private static List<Fault> faults(String use, String task) {
    Reading reading = READER.read(HEAD + use + "do:\n  - it: " + task + "\n");
    return reading instanceof Reading.Faulty faulty ? faulty.faults() : List.of();
  }
}
