package io.signalbox.http;

import io.signalbox.http.wire.Fields;
import io.signalbox.protocol.tool.ToolFuse;
import java.time.Duration;
import java.util.Optional;

/** The part of a tool that says when it is left alone, and how often it is called at once. */
final class FuseFields {
  private static final Duration MOST = Duration.ofHours(1);

  private FuseFields() {}

  static Optional<ToolFuse> read(Fields tool) {
    if (tool.object("fuse").isEmpty()) {
      return Optional.empty();
    }
    Fields fuse = tool.inside("fuse");
    Optional<Duration> reset = bounded(fuse, "resetAfter");
    if (reset.filter(it -> !it.isPositive()).isPresent()) {
      fuse.fault("resetAfter", "must be longer than nothing");
    }
    return Optional.of(
        new ToolFuse(
            fuse.any("failures").map(_ -> fuse.integer("failures", 5, 0, 10_000)),
            reset,
            fuse.any("calls").map(_ -> fuse.integer("calls", 64, 1, 100_000)),
            bounded(fuse, "patience")));
  }

  private static Optional<Duration> bounded(Fields fuse, String name) {
    Optional<Duration> given = fuse.duration(name);
    if (given.filter(it -> it.isNegative() || it.compareTo(MOST) > 0).isPresent()) {
      fuse.fault(name, "must be at most " + MOST);
      return Optional.empty();
    }
    return given;
  }
}
