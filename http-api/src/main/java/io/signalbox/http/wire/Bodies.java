package io.signalbox.http.wire;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.signalbox.protocol.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.util.ByteString;

/** Reads request bodies, within a size and a time, and says where they are malformed. */
public final class Bodies {
  private static final ObjectReader STRICT =
      Json.MAPPER
          .reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private Bodies() {}

  /** The whole body; fails when it is longer than {@code limit} or takes too long. */
  public static CompletionStage<ByteString> read(
      HttpRequest request, long limit, Duration patience, ActorSystem<?> system) {
    if (request.entity().getContentLengthOption().orElse(0) > limit) {
      return CompletableFuture.failedStage(Problem.tooLarge(limit));
    }
    if (request.entity() instanceof HttpEntity.Strict whole) {
      return CompletableFuture.completedStage(whole.getData());
    }
    // the entity's own limit strikes first: what it fails with says what happened
    return request
        .entity()
        .withSizeLimit(limit)
        .toStrict(patience.toMillis(), 2 * limit, system)
        .thenApply(HttpEntity.Strict::getData);
  }

  public static JsonNode parse(byte[] bytes) {
    String source = text(bytes);
    try {
      return Texts.checked(source, STRICT.readTree(source));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw Problem.malformed("malformed JSON" + where + ": " + e.getOriginalMessage());
    }
  }

  /** The bytes as text; anything but UTF-8 is malformed. */
  public static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.malformed("the body is not UTF-8");
    }
  }

  static String mediaType(HttpEntity entity) {
    var type = entity.getContentType().mediaType();
    return (type.mainType() + "/" + type.subType()).toLowerCase(Locale.ROOT);
  }

  static void requireJson(String mediaType) {
    if (!mediaType.isEmpty() && !isJson(mediaType)) {
      throw Problem.unsupported(
          "send the body with Content-Type: application/json, not " + mediaType);
    }
  }

  /** Whether the media type is JSON or based on it. */
  public static boolean isJson(String mediaType) {
    return mediaType.equals("application/json") || mediaType.endsWith("+json");
  }
}
