package io.signalbox.http.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Against the worked examples that GitHub, Slack and Standard Webhooks publish. */
class SignaturesTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void githubsExample() {
    String secret = "It's a Secret to Everybody";
    String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    assertThat(Signatures.github(secret, bytes("Hello, World!"), signature)).isTrue();
    assertThat(Signatures.github(secret, bytes("Hello, World?"), signature)).isFalse();
    assertThat(Signatures.github(secret, bytes("Hello, World!"), "")).isFalse();
    assertThat(Signatures.github("another", bytes("Hello, World!"), signature)).isFalse();
  }

  @Test
  void slacksExampleWithinFiveMinutes() {
    String secret = "8f742231b10e8888abcd99yyyzzz85a5";
    byte[] body =
        bytes(
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
                + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
                + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
                + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c");
    String signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    Instant then = Instant.ofEpochSecond(1531420618L);
    assertThat(Signatures.slack(secret, body, "1531420618", signature, then)).isTrue();
    assertThat(Signatures.slack(secret, body, "1531420618", signature, then.plusSeconds(299)))
        .isTrue();
    assertThat(Signatures.slack(secret, body, "1531420618", signature, then.plusSeconds(301)))
        .isFalse();
    assertThat(Signatures.slack(secret, body, "1531420619", signature, then)).isFalse();
    assertThat(Signatures.slack(secret, body, "now", signature, then)).isFalse();
  }

  @Test
  void standardWebhooksExampleAmongSeveralSignatures() {
    String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    byte[] body = bytes("{\"test\": 2432232314}");
    String id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    String good = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    Instant then = Instant.ofEpochSecond(1614265330L);
    assertThat(Signatures.standard(secret, body, id, "1614265330", good, then)).isTrue();
    assertThat(Signatures.standard(secret, body, id, "1614265330", "v1,AAAA " + good, then))
        .isTrue();
    assertThat(Signatures.standard(secret, body, id, "1614265330", "v1,AAAA", then)).isFalse();
    assertThat(Signatures.standard(secret, body, "msg_other", "1614265330", good, then)).isFalse();
    assertThat(Signatures.standard(secret, body, id, "1614265330", good, then.plusSeconds(3600)))
        .isFalse();
  }
}
