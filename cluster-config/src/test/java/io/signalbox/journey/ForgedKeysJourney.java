package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.boot.Gateway;
import io.signalbox.boot.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys that nobody was given, and the configured administrator, who is not the local one. */
class ForgedKeysJourney {
  private static final String CONFIGURED = "configured-admin-key-of-this-test";

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private record Started(Client admin, Gateway gateway, Path data) implements AutoCloseable {
    static Started configured() throws Exception {
      Path data = Folder.make("configured");
      Gateway gateway =
          LiveGateway.start(
              data, LiveGateway.address(DATABASE), "signalbox.admin-key = \"" + CONFIGURED + "\"");
      gateway.ready().toCompletableFuture().get(60, TimeUnit.SECONDS);
      return new Started(new Client(gateway.address(), CONFIGURED), gateway, data);
    }

    @Override
    public void close() throws IOException {
      gateway.close();
      Folder.delete(data);
    }
  }

  @Test
  void noForgedKeyOpensAnythingAndAConfiguredAdministratorMayNotDecideItsOwnRequest()
      throws Exception {
    try (Started it = Started.configured()) {
      forged(it.admin());
      fourEyes(it.admin());
    }
  }

  private static void forged(Client admin) throws Exception {
    String key = admin.keyFor("user:carol", "clerk").key();
    admin.as(key).get("/v1/runs").expect(200);
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("cut at the end", key.substring(0, key.length() - 1));
    wrong.put("cut at the beginning", key.substring(1));
    wrong.put("longer", key + "A");
    wrong.put("one letter changed", changed(key));
    wrong.put("upper case", key.toUpperCase(Locale.ROOT));
    wrong.put("lower case", key.toLowerCase(Locale.ROOT));
    wrong.put("without its prefix", key.substring("sbk_".length()));
    wrong.put("the hash that is kept", sha256(key));
    wrong.put("the hash of the administrator's", sha256(CONFIGURED));
    wrong.put("the administrator's in upper case", CONFIGURED.toUpperCase(Locale.ROOT));
    wrong.put("the administrator's cut", CONFIGURED.substring(0, CONFIGURED.length() - 1));
    wrong.put("a condition", "' or '1'='1");
    wrong.put("a pattern", "%");
    wrong.put("two keys", key + ", " + CONFIGURED);
    wrong.put("very long", "k".repeat(8000));
    for (Map.Entry<String, String> one : wrong.entrySet()) {
      Client.Reply reply = admin.as(one.getValue()).get("/v1/runs");
      JsonNode problem = reply.problem(401);
      assertThat(problem.path("detail").asText()).as(one.getKey()).contains("not known");
      assertThat(reply.header("WWW-Authenticate")).as(one.getKey()).contains("invalid_token");
      assertThat(reply.response().body()).doesNotContain(key, CONFIGURED);
    }
    Client nobody = admin.as("");
    nobody.get("/v1/runs", "Authorization", "Basic " + key).problem(401);
    nobody.get("/v1/runs?access_token=" + key).problem(401);
    nobody.get("/v1/runs", "Cookie", "key=" + key).problem(401);
    // the scheme has no case, the key has
    nobody.get("/v1/runs", "Authorization", "BEARER " + key).expect(200);
    ended(admin);
  }

  private static void ended(Client admin) throws Exception {
    JsonNode soon =
        admin
            .post(
                "/v1/keys",
                "{principal: 'user:dan', expires: '"
                    + Instant.now().plus(Duration.ofSeconds(2))
                    + "'}")
            .expect(201)
            .json();
    Client dan = admin.as(soon.path("secret").asText());
    dan.get("/v1/runs").expect(200);
    Eventually.get("it expires", () -> dan.get("/v1/runs").status(), status -> status == 401);
    JsonNode gone = admin.post("/v1/keys", "{principal: 'user:eve'}").expect(201).json();
    Client eve = admin.as(gone.path("secret").asText());
    eve.get("/v1/runs").expect(200);
    admin.send("DELETE", "/v1/keys/" + gone.path("id").asText(), "").expect(204);
    eve.get("/v1/runs").problem(401);
    // what was revoked does not come back by rotation
    admin.post("/v1/keys/" + gone.path("id").asText() + "/rotate", "{}").problem(404);
  }

  private static void fourEyes(Client admin) throws Exception {
    admin.deploy(
        "asks", "do: [{sign: {call: approval, with: {title: Sign, approvers: ['role:admin']}}}]");
    String run = admin.start("asks", "");
    admin.waiting(run, "approval");
    String approval =
        Eventually.get(
            "the approval is listed",
            () -> admin.get("/v1/approvals?status=open").json().at("/items/0/id").asText(),
            id -> !id.isEmpty());
    admin.post("/v1/approvals/" + approval + "/decisions", "{decision: approve}").problem(403);
    assertThat(admin.run(run).path("status").asText()).isEqualTo("waiting");
    // nor does a key that calls itself so make a local administrator
    Client namesake = admin.keyFor("user:admin", "admin");
    namesake.post("/v1/approvals/" + approval + "/decisions", "{decision: approve}").problem(403);
    admin
        .keyFor("user:boss", "admin")
        .post("/v1/approvals/" + approval + "/decisions", "{decision: approve}")
        .expect(200);
    admin.completed(run);
  }

  private static String changed(String key) {
    char last = key.charAt(key.length() - 2);
    return key.substring(0, key.length() - 2)
        + (last == 'A' ? 'B' : 'A')
        + key.charAt(key.length() - 1);
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
