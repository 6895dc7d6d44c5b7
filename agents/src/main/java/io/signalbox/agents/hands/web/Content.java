package io.signalbox.agents.hands.web;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.util.Base64;

/** A response's body as data. */
public final class Content {
  private static final ObjectReader WHOLE =
      Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Content() {}

  /** JSON where the content type says so, text otherwise; nothing is null. */
  public static JsonNode of(Answer answer, boolean effect) throws Setback {
    if (answer.body().isEmpty()) {
      return NullNode.getInstance();
    }
    return answer.isJson() ? json(answer, effect) : TextNode.valueOf(answer.text());
  }

  /** JSON, whatever the content type says. */
  public static JsonNode json(Answer answer, boolean effect) throws Setback {
    try {
      return WHOLE.readTree(answer.body().toArray());
    } catch (IOException _) {
      throw Setback.garbled(
          effect,
          "answered %d with something that is not JSON: %s"
              .formatted(answer.status(), answer.shortened()));
    }
  }

  public static JsonNode base64(Answer answer) {
    return TextNode.valueOf(Base64.getEncoder().encodeToString(answer.body().toArray()));
  }
}
