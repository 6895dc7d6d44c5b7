package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens of an issuer that signs real ones: who gets in, with which rights, and who does not. */
class TokenJourney {
  private static final LocalIssuer ISSUER = LocalIssuer.open();

  /** Its tokens name the tenant themselves, as far as the operator mapped it. */
  private static final LocalIssuer SHARED = LocalIssuer.open();

  /** Its tokens hold in the namespaces that they name. */
  private static final LocalIssuer NARROW = LocalIssuer.open();

  @RegisterExtension
  static final LiveGateway GATEWAY =
      new LiveGateway(
          """
          signalbox.runtime.tokens {
            keys-for = 2 s, refetch = 700 ms, clock-skew = 5 s
            issuer {
              audiences = [signalbox]
              roles { claim = "/realm/groups", map { ops = admin, desk = [desk, clerk], all = member } }
            }
            issuers = [
              { issuer = "%s", tenant = acme }
              { issuer = "%s", tenant = acme, namespaces.claim = ns }
              { issuer = "%s", tenants { claim = org, map { o1 = globex } }, principal.kind = service,
                roles { claim = scope } }
            ]
          }
          """
              .formatted(ISSUER.name(), NARROW.name(), SHARED.name()));

  private final Client operator = GATEWAY.client();

  @AfterAll
  static void close() {
    ISSUER.close();
    SHARED.close();
    NARROW.close();
  }

  @Test
  void aTokenHasTheTenantOfItsIssuerAndTheRightsOfItsMappedRolesAlone() throws Exception {
    Client ada = whole("ada", "ops");
    ada.put("/v1/roles/desk", "{permissions: ['tool:read']}").expect(201);
    ada.get("/v1/roles/desk").expect(200);
    // the local administrator's tenant is another one
    operator.get("/v1/roles/desk").problem(404);
    Client dora = whole("dora", "desk", "admin", "unmapped");
    dora.get("/v1/tools").expect(200);
    assertThat(dora.get("/v1/runs").problem(403).path("rule").asText())
        .isEqualTo("permission:run:read");
    assertThat(dora.get("/v1/keys").problem(403).path("rule").asText())
        .isEqualTo("permission:admin:key:read");
    whole("mia", "all").get("/v1/runs").expect(200);
  }

  @Test
  void aTokenWithoutARoleMayDoNothing() throws Exception {
    assertThat(whole("nobody").get("/v1/tools").problem(403).path("rule").asText())
        .isEqualTo("permission:tool:read");
    JWTClaimsSet none =
        new JWTClaimsSet.Builder(ISSUER.claims("nobody").build()).claim("realm", null).build();
    as(ISSUER.token(none)).get("/v1/workflows").problem(403);
  }

  @Test
  void namespacesOfAClaimNarrowIt() throws Exception {
    String token =
        NARROW.token(NARROW.claims("nina", "all").claim("ns", List.of("billing")).build());
    as(token).get("/v1/workflows/billing/x").problem(404);
    as(token).get("/v1/runs").expect(200);
    as(NARROW.token("nina", "all")).get("/v1/runs").problem(403);
    // a pattern is no namespace: a token does not widen itself
    String wide = NARROW.token(NARROW.claims("nina", "all").claim("ns", "*").build());
    as(wide).get("/v1/runs").problem(403);
  }

  @Test
  void theTenantComesFromAClaimOnlyAsFarAsItIsMapped() throws Exception {
    Client one =
        as(
            SHARED.token(
                SHARED.claims("svc").claim("scope", "openid ops").claim("org", "o1").build()));
    one.put("/v1/roles/of-globex", "{permissions: ['tool:read'], members: ['service:svc']}")
        .expect(201);
    whole("ada", "ops").get("/v1/roles/of-globex").problem(404);
    String stranger =
        SHARED.token(SHARED.claims("svc").claim("scope", "ops").claim("org", "default").build());
    refused(stranger, "claim that names a tenant");
    // a claim of that name means nothing where the issuer has its tenant
    String acme =
        ISSUER.token(
            ISSUER.claims("eve", "ops").claim("org", "o1").claim("tenant", "globex").build());
    assertThat(as(acme).get("/v1/roles").expect(200).response().body()).doesNotContain("of-globex");
  }

  @Test
  void whatDoesNotHoldIsRefusedWithItsReasonAndAudited() throws Exception {
    Instant now = Instant.now();
    refused(
        ISSUER.token(ISSUER.claims("a").expirationTime(Date.from(now.minusSeconds(60))).build()),
        "Expired");
    refused(
        ISSUER.token(ISSUER.claims("b").notBeforeTime(Date.from(now.plusSeconds(600))).build()),
        "before use time");
    refused(ISSUER.token(ISSUER.claims("c").expirationTime(null).build()), "exp");
    refused(ISSUER.token(ISSUER.claims("d").audience("another").build()), "aud claim");
    refused(
        ISSUER.token(ISSUER.claims("e").issuer("https://evil.example").build()),
        "issuer is not known");
    // signed by one issuer in the name of another
    refused(SHARED.token(ISSUER.claims("f").build()), "key");
    refused(ISSUER.token(ISSUER.claims("has space").build()), "claim sub");
    String good = ISSUER.token("g", "ops");
    refused(tampered(good), "signature");
    refused(good.substring(0, good.lastIndexOf('.') + 1), "cannot be read");
    refused(good.substring(0, good.length() - 8), "signature");
    refused("a.b.c", "cannot be read");
    refused(new PlainJWT(ISSUER.claims("h", "ops").build()).serialize(), "must be signed");
    refused(hmacWithThePublicKey(), "algorithm HS256");
    // the same key id, another key
    RSAKey other = LocalIssuer.key();
    RSAKey posing = new RSAKey.Builder(other).keyID(ISSUER.current().getKeyID()).build();
    refused(LocalIssuer.sign(ISSUER.claims("i", "ops").build(), posing), "signature");
    List<String> rules =
        List.of(
            "expired",
            "not-yet",
            "claims",
            "audience",
            "issuer",
            "key",
            "principal",
            "signature",
            "unreadable",
            "unsigned",
            "algorithm");
    String audit =
        Eventually.get(
            "refusals are in the trail",
            () ->
                operator
                    .get("/v1/audit?action=login&result=refused&limit=200")
                    .expect(200)
                    .response()
                    .body(),
            body -> rules.stream().allMatch(rule -> body.contains("\"token:" + rule + '"')));
    assertThat(audit).doesNotContain(good);
  }

  @Test
  void aTokenWithinTheClockSkewStillHolds() throws Exception {
    String late =
        ISSUER.token(
            ISSUER
                .claims("late", "all")
                .expirationTime(Date.from(Instant.now().minusSeconds(2)))
                .build());
    as(late).get("/v1/runs").expect(200);
  }

  @Test
  void aTokenThatIsTooLongIsRefusedBeforeItIsRead() throws Exception {
    String token = ISSUER.token(ISSUER.claims("long", "ops").claim("x", "y".repeat(6000)).build());
    assertThat(token.length()).isGreaterThan(8192 - 200);
    int status = as(token).get("/v1/runs").status();
    assertThat(status).isIn(401, 431);
  }

  @Test
  void aRotatedKeyIsFoundAtOnceARemovedOneIsGoodNoLongerAndStrangersDoNotCauseFetches()
      throws Exception {
    RSAKey old = SHARED.current();
    JWTClaimsSet claims = SHARED.claims("r").claim("scope", "all").claim("org", "o1").build();
    String before = LocalIssuer.sign(claims, old);
    as(before).get("/v1/runs").expect(200);
    RSAKey fresh = SHARED.rotate();
    Eventually.get(
        "the new key is known",
        () -> as(LocalIssuer.sign(claims, fresh)).get("/v1/runs"),
        it -> it.status() == 200);
    as(before).get("/v1/runs").expect(200);
    SHARED.remove(old);
    Eventually.get(
        "the old key is forgotten", () -> as(before).get("/v1/runs"), it -> it.status() == 401);
    as(LocalIssuer.sign(claims, fresh)).get("/v1/runs").expect(200);
    int asked = SHARED.asked();
    Instant since = Instant.now();
    for (int i = 0; i < 40; i++) {
      refused(LocalIssuer.sign(claims, LocalIssuer.key()), "");
    }
    long windows = Duration.between(since, Instant.now()).toMillis() / 700 + 1;
    assertThat(SHARED.asked() - asked).isLessThanOrEqualTo((int) (2 * windows));
  }

  private void refused(String token, String why) throws Exception {
    Client.Reply reply = as(token).get("/v1/tools");
    JsonNode problem = reply.problem(401);
    assertThat(problem.path("detail").asText()).containsIgnoringCase(why);
    assertThat(reply.header("WWW-Authenticate")).contains("invalid_token");
    assertThat(reply.response().body()).doesNotContain(token);
  }

  private static String hmacWithThePublicKey() throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(ISSUER.current().getKeyID()).build(),
            ISSUER.claims("h", "ops").build());
    token.sign(new MACSigner(ISSUER.current().toRSAPublicKey().getEncoded()));
    return token.serialize();
  }

  private static String tampered(String token) throws Exception {
    String[] parts = token.split("\\.", -1);
    String claims =
        new com.nimbusds.jose.util.Base64URL(parts[1])
            .decodeToString()
            .replace("\"ops\"", "\"all\"");
    return parts[0] + '.' + com.nimbusds.jose.util.Base64URL.encode(claims) + '.' + parts[2];
  }

  private Client whole(String subject, String... groups) {
    return as(ISSUER.token(subject, groups));
  }

  private Client as(String token) {
    return operator.as(token);
  }
}
