package io.signalbox.runtime.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Secrets of keys: 256 random bits, so that a plain SHA-256 keeps them. */
final class Secrets {
  private Secrets() {}

  static String fresh(RandomGenerator random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return "sbk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String id(RandomGenerator random) {
    byte[] bytes = new byte[9];
    random.nextBytes(bytes);
    return "key_" + HexFormat.of().formatHex(bytes);
  }

  /** Hex SHA-256. */
  static String hash(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
