package io.signalbox.journey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as GitHub does. */
final class GitHub {
  private GitHub() {}

  static String sign(String body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("journey-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] hash = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
    return "sha256=" + HexFormat.of().formatHex(hash);
  }

  static String[] headers(String delivery, String event, String signature) {
    return new String[] {
      "Content-Type", "application/json",
      "X-GitHub-Event", event,
      "X-GitHub-Delivery", delivery,
      "X-Hub-Signature-256", signature
    };
  }
}
