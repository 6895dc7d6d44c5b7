package io.signalbox.protocol.blob;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A large value with the claim that stands for it; {@code value} must not be changed any more. */
public record Blob(Claim claim, JsonNode value) {
  /** The value under its digest. */
  public static Blob of(JsonNode value) {
    byte[] bytes = bytes(value);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Blob(new Claim(HexFormat.of().formatHex(digest), bytes.length), value);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** The value as UTF-8 JSON, which is what the digest is of. */
  public byte[] content() {
    return bytes(value);
  }

  private static byte[] bytes(JsonNode value) {
    try {
      return Json.MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
