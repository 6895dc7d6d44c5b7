package io.signalbox.runtime;

import com.typesafe.config.Config;
import io.signalbox.runtime.blob.BlobSettings;
import io.signalbox.runtime.retention.RetentionSettings;
import io.signalbox.runtime.run.Interpreter;
import io.signalbox.runtime.run.RunParts;
import io.signalbox.runtime.view.ViewSettings;
import java.time.Duration;

/** How this room behaves; reference.conf says what each key means. */
public record RuntimeSettings(
    RunParts.Settings runs,
    Interpreter.Bounds bounds,
    ViewSettings views,
    Duration refresh,
    BlobSettings blobs,
    RetentionSettings retention) {

  /** From {@code signalbox.runtime}. */
  public static RuntimeSettings from(Config runtime) {
    Config runs = runtime.getConfig("runs");
    return new RuntimeSettings(
        new RunParts.Settings(
            runs.getInt("snapshot-every"),
            runs.getDuration("idle"),
            runs.getDuration("keep-awake"),
            runs.getDuration("look-again"),
            runs.getInt("max-arrived"),
            runs.getInt("max-waiters"),
            runs.getDuration("min-backoff"),
            runs.getDuration("max-backoff")),
        new Interpreter.Bounds(
            runs.getInt("facts-per-turn"),
            runs.getDuration("http-timeout"),
            runs.getInt("attempts"),
            runs.getInt("tool-calls-per-message")),
        ViewSettings.from(runtime.getConfig("views")),
        runtime.getDuration("catalog-refresh"),
        BlobSettings.from(runtime.getConfig("blobs")),
        RetentionSettings.from(runtime.getConfig("retention")));
  }
}
