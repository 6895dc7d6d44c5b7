package io.signalbox.agents.session;

import com.typesafe.config.Config;
import io.signalbox.agents.model.Line;
import io.signalbox.agents.model.ModelRequest;
import io.signalbox.protocol.run.Usage;
import java.nio.charset.StandardCharsets;

/**
 * How many tokens a model call may draw at most, before it is made.
 *
 * @param bytesPerToken bytes of text that make a token at least
 * @param perLine tokens that each message and each tool is wrapped in
 */
public record EstimateSettings(double bytesPerToken, int perLine) {
  public EstimateSettings {
    if (!(bytesPerToken >= 1 && bytesPerToken <= 16) || perLine < 0 || perLine > 1000) {
      throw new IllegalArgumentException(
          "signalbox.agents.quota: bytes-per-token must be from 1 to 16, tokens-per-line from 0 to"
              + " 1000");
    }
  }

  /** Reads {@code quota}. */
  public static EstimateSettings from(Config config) {
    return new EstimateSettings(
        config.getDouble("bytes-per-token"), config.getInt("tokens-per-line"));
  }

  Usage of(ModelRequest request) {
    long bytes = bytes(request.system());
    for (Line line : request.lines()) {
      bytes +=
          switch (line) {
            case Line.User it -> bytes(it.text());
            case Line.Agent it -> bytes(it.text()) + bytes(it.calls().toString());
            case Line.Tool it -> bytes(it.text());
          };
    }
    for (var tool : request.tools()) {
      bytes += bytes(tool.name()) + bytes(tool.description()) + bytes(tool.parameters().toString());
    }
    long wrapped = (1L + request.lines().size() + request.tools().size()) * perLine;
    return new Usage(
        1,
        (long) Math.ceil(bytes / bytesPerToken) + wrapped,
        request.agent().limits().maxOutputTokens(),
        0);
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
