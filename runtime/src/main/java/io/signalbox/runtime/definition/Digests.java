package io.signalbox.runtime.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.signalbox.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests that name content: the same for the same JSON, whatever its layout or key order. */
public final class Digests {
  private static final ObjectWriter CANONICAL =
      Json.MAPPER.writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);

  private Digests() {}

  /** {@code sha256:} and the hex digest of the value's canonical JSON. */
  public static String of(JsonNode value) {
    try {
      return "sha256:" + sha256(CANONICAL.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a tree that cannot be written as JSON", e);
    }
  }

  /** The hex SHA-256 digest of a text. */
  public static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
