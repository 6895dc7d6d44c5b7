package io.signalbox.agents.hands.fuse;

import com.typesafe.config.Config;
import io.signalbox.protocol.tool.ToolFuse;
import java.time.Duration;
import java.util.Optional;

/**
 * What protects a tool that says nothing else.
 *
 * @param failures in a row that open its circuit; 0 for never
 * @param resetAfter so long nothing is sent while it is open
 * @param calls of one tool at the same time on a node
 * @param patience so long a further call waits for its place
 * @param most tools that are watched on a node
 */
public record FuseSettings(
    int failures, Duration resetAfter, int calls, Duration patience, int most) {
  public FuseSettings {
    if (failures < 0
        || !resetAfter.isPositive()
        || calls < 1
        || patience.isNegative()
        || most < 1) {
      throw new IllegalArgumentException(
          "signalbox.agents.hands.fuse: failures and patience must not be negative, reset-after"
              + " positive, calls and most at least 1");
    }
  }

  /** Reads {@code fuse}. */
  public static FuseSettings from(Config config) {
    return new FuseSettings(
        config.getInt("failures"),
        config.getDuration("reset-after"),
        config.getInt("calls"),
        config.getDuration("patience"),
        config.getInt("most"));
  }

  /** With what the tool itself says. */
  FuseSettings with(Optional<ToolFuse> own) {
    return own.map(
            it ->
                new FuseSettings(
                    it.failures().orElse(failures),
                    it.resetAfter().orElse(resetAfter),
                    it.calls().orElse(calls),
                    it.patience().orElse(patience),
                    most))
        .orElse(this);
  }
}
