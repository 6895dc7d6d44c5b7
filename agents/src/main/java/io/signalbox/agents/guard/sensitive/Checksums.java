package io.signalbox.agents.guard.sensitive;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Checksums inside tokens. One that fits proves a token; one that does not may be of a revoked form
 * or a mistyped copy, so it lowers confidence alone.
 */
final class Checksums {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private Checksums() {}

  static boolean fits(String rule, String token) {
    return switch (rule) {
      case "github-token", "npm-token" -> crc62(token.substring(token.indexOf('_') + 1));
      case "grafana-token" -> token.startsWith("glsa_") && crcHex(token);
      default -> false;
    };
  }

  /** The last six letters are the CRC-32 of those before, in base 62. */
  private static boolean crc62(String text) {
    int cut = text.length() - 6;
    long crc = crc(text.substring(0, cut));
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      letters.insert(0, BASE62.charAt((int) (crc % 62)));
      crc /= 62;
    }
    return letters.toString().equals(text.substring(cut));
  }

  private static boolean crcHex(String token) {
    int cut = token.lastIndexOf('_');
    return HexFormat.of()
        .toHexDigits((int) crc(token.substring(0, cut)))
        .equals(token.substring(cut + 1));
  }

  private static long crc(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return crc.getValue();
  }

  /** Whether the header is one: a JSON object that names an algorithm. */
  static boolean jwt(String token) {
    try {
      byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
      JsonNode json = Json.MAPPER.readTree(header);
      return json.isObject() && json.has("alg");
    } catch (IllegalArgumentException | IOException e) {
      return false;
    }
  }
}
