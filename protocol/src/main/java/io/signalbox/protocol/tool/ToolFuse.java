package io.signalbox.protocol.tool;

import java.time.Duration;
import java.util.Optional;

/**
 * What protects a tool, and the gateway from it, on each node; what is absent is as configured.
 *
 * @param failures in a row that open its circuit; 0 for never
 * @param resetAfter so long nothing is sent while it is open; then one call tries
 * @param calls of it at the same time
 * @param patience so long a further call waits for its place
 */
public record ToolFuse(
    Optional<Integer> failures,
    Optional<Duration> resetAfter,
    Optional<Integer> calls,
    Optional<Duration> patience) {}
