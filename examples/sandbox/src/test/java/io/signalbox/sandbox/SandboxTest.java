package io.signalbox.sandbox;

import static io.signalbox.sandbox.Rig.BASIC;
import static io.signalbox.sandbox.Rig.BEARER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
  private static final String COMMENTS = "/github/repos/acme/payments/issues/42/comments";
  private static final String ISSUE =
      "{\"fields\": {\"project\": {\"key\": \"COMP\"}, \"issuetype\": {\"name\": \"Task\"},"
          + " \"summary\": \"Look\"}}";

  @TempDir private Path data;

  @Test
  void whatWasReceivedOutlivesTheProcess() throws Exception {
    try (Rig rig = new Rig(data)) {
      rig.post(COMMENTS, "{\"body\": \"Held back\"}", "Authorization", BEARER);
    }
    try (Rig rig = new Rig(data)) {
      assertThat(rig.get(COMMENTS, "Authorization", BEARER).at("/0/body")).isEqualTo("Held back");
      var received = rig.get("/_sandbox/received?service=github&operation=create-comment");
      assertThat(received.json().path("items")).hasSize(1);
      assertThat(received.at("/items/0/answer")).isEqualTo("delivered");
      assertThat(received.at("/items/0/headers/authorization")).isEqualTo("(set)");
    }
  }

  @Test
  void aHeldAnswerComesAfterItsEffect() throws Exception {
    try (Rig rig = new Rig(data)) {
      rig.post(
          "/_sandbox/delay",
          "{\"service\": \"jira\", \"operation\": \"create-issue\", \"untilReleased\": true}");
      var answer = rig.postLater("/jira/rest/api/3/issue", ISSUE, "Authorization", BASIC);
      while (rig.get("/_sandbox/held").json().path("items").isEmpty()) {
        Thread.onSpinWait();
      }
      var issue = rig.get("/jira/rest/api/3/issue/COMP-1", "Authorization", BASIC);
      assertThat(issue.status()).isEqualTo(200);
      assertThat(answer).isNotDone();
      assertThat(rig.get("/_sandbox/received").at("/items/0/answer")).isEqualTo("held");
      assertThat(rig.post("/_sandbox/release", "").at("/released")).isEqualTo("1");
      assertThat(answer.get(10, TimeUnit.SECONDS).at("/key")).isEqualTo("COMP-1");
    }
  }

  @Test
  void anAnswerCanBeLostOnTheWayAlthoughItsEffectHappened() throws Exception {
    try (Rig rig = new Rig(data)) {
      rig.post(
          "/_sandbox/delay",
          "{\"service\": \"jira\", \"operation\": \"create-issue\", \"untilReleased\": true}");
      var answer = rig.postLater("/jira/rest/api/3/issue", ISSUE, "Authorization", BASIC);
      while (rig.get("/_sandbox/held").json().path("items").isEmpty()) {
        Thread.onSpinWait();
      }
      rig.post("/_sandbox/release", "{\"drop\": true}");
      assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
      var received = rig.get("/_sandbox/received");
      assertThat(received.at("/items/0/answer")).isEqualTo("lost");
      assertThat(received.at("/items/0/effects/0/kind")).isEqualTo("jira.issue");
    }
  }

  @Test
  void anOutageStopsEffectsAndPassesByItself() throws Exception {
    try (Rig rig = new Rig(data)) {
      rig.post("/_sandbox/outage", "{\"seconds\": 0.3, \"service\": \"jira\"}");
      var down = rig.post("/jira/rest/api/3/issue", ISSUE, "Authorization", BASIC);
      assertThat(down.status()).isEqualTo(503);
      assertThat(rig.get(COMMENTS, "Authorization", BEARER).status()).isEqualTo(200);
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      int status = 503;
      while (status == 503 && System.nanoTime() < until) {
        status = rig.get("/jira/rest/api/3/myself", "Authorization", BASIC).status();
      }
      assertThat(status).isEqualTo(200);
      assertThat(rig.get("/jira/rest/api/3/issue/COMP-1", "Authorization", BASIC).status())
          .isEqualTo(404);
    }
  }

  @Test
  void aRateLimitIsAnsweredInEachServicesOwnWay() throws Exception {
    try (Rig rig = new Rig(data)) {
      rig.post(
          "/_sandbox/limit",
          "{\"service\": \"slack\", \"operation\": \"auth-test\", \"retryAfter\": 3}");
      var limited = rig.post("/slack/api/auth.test", "", "Authorization", BEARER);
      assertThat(limited.status()).isEqualTo(429);
      assertThat(limited.response().headers().firstValue("Retry-After")).hasValue("3");
      assertThat(
              rig.post("/slack/api/auth.test", "", "Authorization", BEARER)
                  .json()
                  .path("ok")
                  .asBoolean())
          .isTrue();
    }
  }

  @Test
  void everyAnswerSaysThatItIsASandbox() throws Exception {
    try (Rig rig = new Rig(data)) {
      assertThat(rig.get("/").text()).contains("sandbox");
      assertThat(rig.get("/").response().headers().firstValue("X-Sandbox")).isPresent();
      var wrong = rig.post("/_sandbox/delay", "{}");
      assertThat(wrong.status()).isEqualTo(400);
    }
  }
}
