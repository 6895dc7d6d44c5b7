package io.signalbox.agents.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.internal.Json.JsonCodec;
import dev.langchain4j.spi.json.JsonCodecFactory;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;

/**
 * The JSON codec of langchain4j without its search for Jackson modules: it would find Scala's, read
 * nested schemas as Scala maps and send them as nonsense.
 */
public final class PlainJson implements JsonCodecFactory {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  @Override
  public JsonCodec create() {
    return new JsonCodec() {
      @Override
      public String toJson(Object value) {
        try {
          return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public <T> T fromJson(String json, Class<T> type) {
        return type.cast(fromJson(json, (Type) type));
      }

      @Override
      @SuppressWarnings("TypeParameterUnusedInFormals") // the interface is not ours
      public <T> T fromJson(String json, Type type) {
        try {
          return MAPPER.readValue(json, MAPPER.constructType(type));
        } catch (JsonProcessingException e) {
          throw new IllegalArgumentException(e);
        }
      }
    };
  }
}
