package io.signalbox.http.hooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks webhook signatures over the raw body, in constant time. No signature is no match. */
public final class Signatures {
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private Signatures() {}

  /** GitHub: {@code sha256=} and the hex HMAC of the body. */
  public static boolean github(String secret, byte[] body, String signature) {
    return same("sha256=" + hex(mac(utf8(secret), body)), signature);
  }

  /** Slack: {@code v0=} and the hex HMAC of {@code v0:TIMESTAMP:BODY}, not older than minutes. */
  public static boolean slack(
      String secret, byte[] body, String timestamp, String signature, Instant now) {
    byte[] signed = joined("v0:" + timestamp + ":", body);
    return recent(timestamp, now) && same("v0=" + hex(mac(utf8(secret), signed)), signature);
  }

  /** Standard Webhooks: any of the {@code v1,BASE64} signatures of {@code ID.TIMESTAMP.BODY}. */
  public static boolean standard(
      String secret, byte[] body, String id, String timestamp, String signatures, Instant now) {
    byte[] key =
        secret.startsWith("whsec_")
            ? Base64.getDecoder().decode(secret.substring("whsec_".length()))
            : utf8(secret);
    byte[] signed = joined(id + "." + timestamp + ".", body);
    String expected = "v1," + Base64.getEncoder().encodeToString(mac(key, signed));
    boolean found = false;
    for (String signature : signatures.split(" ", -1)) {
      found |= same(expected, signature);
    }
    return found && !id.isEmpty() && recent(timestamp, now);
  }

  private static boolean recent(String timestamp, Instant now) {
    try {
      Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
      return Duration.between(sent, now).abs().compareTo(WINDOW) <= 0;
    } catch (NumberFormatException | DateTimeException | ArithmeticException _) {
      return false;
    }
  }

  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(utf8(expected), utf8(given));
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

  private static byte[] joined(String head, byte[] body) {
    byte[] start = utf8(head);
    byte[] all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
