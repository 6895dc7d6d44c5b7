package io.signalbox.agents.notify;

import io.signalbox.agents.hands.kit.Setback;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as the Standard Webhooks specification says, with a symmetric key. */
final class StandardWebhooks {
  private static final String PREFIX = "whsec_";

  private StandardWebhooks() {}

  /** The headers that go with the body. */
  static Map<String, String> sign(String secret, String id, Instant at, byte[] body)
      throws Setback {
    String timestamp = Long.toString(at.getEpochSecond());
    var signed = new ByteArrayOutputStream();
    signed.writeBytes((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
    signed.writeBytes(body);
    return Map.of(
        "webhook-id",
        id,
        "webhook-timestamp",
        timestamp,
        "webhook-signature",
        "v1," + Base64.getEncoder().encodeToString(mac(key(secret), signed.toByteArray())));
  }

  private static byte[] key(String secret) throws Setback {
    try {
      return secret.startsWith(PREFIX)
          ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
          : secret.getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw Setback.failed(
          "configuration", 424, "the webhook's secret begins with whsec_ but is not Base64");
    }
  }

  private static byte[] mac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
