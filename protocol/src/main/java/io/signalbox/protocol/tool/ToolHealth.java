package io.signalbox.protocol.tool;

import java.util.Optional;

/**
 * How a tool fares on one node.
 *
 * @param circuit {@code closed}, {@code open} or {@code half-open}
 * @param failures in a row
 * @param underWay calls under way
 */
public record ToolHealth(String circuit, int failures, int underWay) {
  /** Tells how a tool fares on this node; empty where it was not called yet. */
  @FunctionalInterface
  public interface Board {
    Optional<ToolHealth> of(String tenant, String tool);
  }
}
