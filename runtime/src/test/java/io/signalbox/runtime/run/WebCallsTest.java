package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import org.junit.jupiter.api.Test;

class WebCallsTest {
  private static final String MARK = "__secret.token." + Play.TAG + "__";

  @Test
  void aTemplateTakesPlainValuesAndNothingForWhatIsNotThere() {
    Play play =
        Play.of(get("https://h.example/{a}/{none}?b={b}")).start("{\"a\": \"x/y z\", \"b\": true}");
    assertThat(play.lastSent().arguments().path("endpoint").asText())
        .isEqualTo("https://h.example/x%2Fy%20z/?b=true");
  }

  @Test
  void anObjectOrAWayOutInATemplateIsAnExpressionError() {
    for (String input : new String[] {"{\"a\": {}}", "{\"a\": \"..\"}"}) {
      Play play = Play.of(get("https://h.example/{a}")).start(input);
      assertThat(play.status()).isEqualTo(RunStatus.FAULTED);
      assertThat(play.view().error().orElseThrow().type()).endsWith("/expression");
      assertThat(play.view().error().orElseThrow().status()).isEqualTo(400);
    }
  }

  @Test
  void aSecretIsAMarkerInWhateverIsJournalled() {
    Play play =
        secretly(
                """
                - keep: { set: { token: '${ $secrets.token }', user: '${ $secrets.db.user }' } }
                - fetch:
                    call: http
                    with:
                      method: get
                      endpoint: https://h.example/{token}
                      headers: { x: '${ "Key " + .token }' }
                      query: { u: '${ .user }' }
                """)
            .start("{}");
    Perform sent = play.lastSent();
    assertThat(sent.arguments().at("/headers/x").asText()).isEqualTo("Key " + MARK);
    assertThat(sent.arguments().path("endpoint").asText()).isEqualTo("https://h.example/" + MARK);
    assertThat(sent.arguments().at("/secrets/tag").asText()).isEqualTo(Play.TAG);
    assertThat(sent.arguments().at("/secrets/names").toString())
        .isEqualTo("[\"db.user\",\"token\"]");
  }

  @Test
  void aTextThatOnlyLooksLikeAMarkerIsNotTakenForOne() {
    Play play =
        secretly(
                """
                - fetch:
                    call: http
                    with: { method: post, endpoint: https://h.example/, body: '${ .said }' }
                """)
            .start("{\"said\": \"__secret.token.ffffffffffffffff__\"}");
    assertThat(play.lastSent().arguments().has("secrets")).isFalse();
  }

  @Test
  void aSecretThatIsTransformedFaultsTheTask() {
    for (String expression :
        new String[] {
          "$secrets.token | @base64",
          "$secrets.token | ascii_upcase",
          "$secrets.token | explode",
          "(\"a\" + $secrets.token) | split(\".\")",
          "$secrets.token | sub(\"a\"; \"b\")",
          "$secrets.token[3:30]"
        }) {
      Play play =
          secretly(
                  """
                  - fetch:
                      call: http
                      with:
                        method: post
                        endpoint: https://h.example/
                        body: '${ %s }'
                  """
                      .formatted(expression))
              .start("{}");
      assertThat(play.status()).as(expression).isEqualTo(RunStatus.FAULTED);
      assertThat(play.view().error().orElseThrow().detail().orElseThrow()).contains("secret");
    }
  }

  @Test
  void whatATaskAuthenticatesByIsKnownToItAndAfterIt() {
    Play play =
        secretly(
                """
                - fetch:
                    call: http
                    with:
                      method: get
                      endpoint:
                        uri: https://h.example/
                        authentication: { bearer: { token: '${ $secrets.token }' } }
                      headers: { x: '${ $authorization.parameter }' }
                    output: { as: '${ $authorization }' }
                """)
            .start("{}");
    assertThat(play.lastSent().arguments().at("/secrets/names").toString())
        .isEqualTo("[\"authorization\",\"token\"]");
    play.succeed("r1-" + play.facts(Fact.CallDispatched.class).getFirst().id(), 1, "{}");
    assertThat(play.output().path("scheme").asText()).isEqualTo("Bearer");
    assertThat(play.output().path("parameter").asText())
        .isEqualTo("__secret.authorization." + Play.TAG + "__");
  }

  @Test
  void theMetadataSaysWhatHappensWhenNobodyKnows() {
    assertThat(policy("post", "")).isEqualTo(OnUnknownOutcome.ASK);
    assertThat(policy("put", "")).isEqualTo(OnUnknownOutcome.IDEMPOTENT);
    assertThat(policy("post", "idempotent")).isEqualTo(OnUnknownOutcome.IDEMPOTENT);
    assertThat(policy("get", "fail")).isEqualTo(OnUnknownOutcome.FAIL);
  }

  @Test
  void anOperationWhoseOutcomeIsUnknownIsLookedAtAndThenAskedAbout() {
    Play play =
        Play.of(
                """
                - order:
                    call: openapi
                    with:
                      document: { endpoint: 'https://h.example/{v}.json' }
                      operationId: order
                """)
            .start("{\"v\": 3}");
    Perform first = play.lastSent();
    assertThat(first.kind()).isEqualTo(CallKind.OPENAPI);
    assertThat(first.arguments().at("/document/endpoint").asText())
        .isEqualTo("https://h.example/3.json");
    play.crash();
    assertThat(play.lastSent().mode()).isEqualTo(Perform.Mode.PROBE);
    play.give(new Stimulus.Performed(first.key(), 2, new Outcome.Unknown("cannot tell")));
    assertThat(play.status()).isEqualTo(RunStatus.WAITING);
    assertThat(play.facts(Fact.CallUnknown.class).getLast().policy())
        .isEqualTo(OnUnknownOutcome.ASK);
  }

  private static OnUnknownOutcome policy(String method, String declared) {
    String metadata =
        declared.isEmpty() ? "" : "metadata: { signalbox: { onUnknownOutcome: " + declared + " } }";
    Play play =
        Play.of(
                """
                - it:
                    call: http
                    with: { method: %s, endpoint: https://h.example/ }
                    %s
                """
                    .formatted(method, metadata))
            .start("{}");
    return play.facts(Fact.CallDispatched.class).getFirst().onUnknownOutcome();
  }

  private static Play secretly(String tasks) {
    return Play.whole(
        """
        document: { dsl: '1.0.3', namespace: default, name: play, version: '1.0.0' }
        use: { secrets: [token, db] }
        do:
        """
            + tasks.indent(2));
  }

  private static String get(String uri) {
    return "- it: { call: http, with: { method: get, endpoint: '%s' } }".formatted(uri);
  }
}
