package io.signalbox.agents.hands.kit;

import io.signalbox.protocol.run.Perform;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The trace a call leaves at the other side, so that a later look can tell whether it took effect.
 *
 * @param text the call's key, made unique over tenants, in characters every system stores as is
 */
public record Marker(String text) {
  private static final String LOCAL_TENANT = "default";
  private static final int LABEL_LENGTH = 80;

  public static Marker of(Perform order) {
    var tenant = order.run().tenant();
    var unique = tenant.equals(LOCAL_TENANT) ? order.key() : order.key() + "@" + tenant;
    return new Marker(plain(unique));
  }

  /** For text that is rendered as HTML or Markdown: there, but not seen. */
  public String asComment() {
    return "<!-- signalbox:" + text + " -->";
  }

  /** For systems that search by label: no spaces, bounded, unique by its digest. */
  public String asLabel() {
    var safe = text.replaceAll("[^A-Za-z0-9._-]", "-");
    return "signalbox-"
        + safe.substring(0, Math.min(safe.length(), LABEL_LENGTH))
        + "-"
        + digest().substring(0, 12);
  }

  /** Nothing that could end a comment or be escaped on the way: the rest as percent codes. */
  private static String plain(String key) {
    var plain = new StringBuilder();
    for (byte octet : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (isPlain(c)) {
        plain.append(c);
      } else {
        plain.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
      }
    }
    return plain.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._|:@/".indexOf(c) >= 0;
  }

  private String digest() {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
