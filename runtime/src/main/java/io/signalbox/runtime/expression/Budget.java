package io.signalbox.runtime.expression;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one evaluation may use: steps, nodes looked at and bytes made. Counted, not timed, so that
 * the same expression on the same input ends the same way on every machine.
 */
final class Budget {
  static final ScopedValue<Budget> CURRENT = ScopedValue.newInstance();
  private static final int CACHED = 1 << 10;
  // far below what a stack of 1 MiB holds, so that where it ends does not depend on the thread
  private static final int NESTED_STEPS = 600;

  private final ExpressionLimits limits;
  private int steps;
  private int nesting;
  private long lookedAt;
  private long made;
  // sizes of shared nodes: without them [.,.]|[.,.]|... would be exponential to measure
  private final JsonNode[] measured = new JsonNode[CACHED];
  private final long[] sizes = new long[CACHED];
  private final int[] heights = new int[CACHED];
  private int height;

  Budget(ExpressionLimits limits) {
    this.limits = limits;
  }

  ExpressionLimits limits() {
    return limits;
  }

  /** Why an evaluation was stopped; carried out of jq, which cannot catch it. */
  static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exceeded(String what) {
      super(what, null, false, false);
    }
  }

  void step() {
    if (++steps > limits.steps()) {
      throw new Exceeded("takes more than " + limits.steps() + " steps");
    }
  }

  /** A step within another; to be left again. */
  void enter() {
    step();
    if (++nesting > NESTED_STEPS) {
      throw new Exceeded("calls itself too deeply, or is nested too deeply");
    }
  }

  void leave() {
    nesting--;
  }

  /** Accounts for a value that a step newly made. */
  void made(JsonNode value) {
    if (value.isTextual()) {
      grow(value.textValue().length());
      if (value.textValue().length() > limits.value()) {
        throw new Exceeded("makes a text of more than " + size(limits.value()));
      }
    } else if (value.isContainerNode()) {
      grow(8L * value.size());
      if (size(value, 0) > limits.value()) {
        throw new Exceeded("makes a value of more than " + size(limits.value()));
      }
    }
  }

  void requireSmall(JsonNode value, long limit, String what) {
    if (size(value, 0) > limit) {
      throw new Exceeded(what + " is larger than " + size(limit));
    }
  }

  /** A number of bytes for a person. */
  static String size(long bytes) {
    return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : bytes + " bytes";
  }

  private void grow(long bytes) {
    made += bytes;
    if (made > limits.made()) {
      throw new Exceeded("makes more than " + size(limits.made()) + " of data on its way");
    }
  }

  /** Estimates the bytes of a value and leaves how deep it is nested in {@code height}. */
  @SuppressWarnings("ReferenceEquality") // the cache is about this very node
  private long size(JsonNode node, int depth) {
    if (++lookedAt > limits.lookedAt()) {
      throw new Exceeded("handles too much data");
    }
    height = 0;
    if (node.isTextual()) {
      return 2L + node.textValue().length();
    }
    if (!node.isContainerNode() || node.isEmpty()) {
      return 8;
    }
    int slot = (System.identityHashCode(node) >>> 3) & (CACHED - 1);
    if (measured[slot] == node) {
      height = heights[slot];
      return sizes[slot];
    }
    requireShallow(depth);
    long sum = 2;
    int tallest = 0;
    for (JsonNode child : node) {
      sum += size(child, depth + 1);
      tallest = Math.max(tallest, height);
    }
    if (node.isObject()) {
      sum += 8L * node.size();
    }
    height = tallest + 1;
    requireShallow(height);
    measured[slot] = node;
    sizes[slot] = sum;
    heights[slot] = height;
    return sum;
  }

  private void requireShallow(int depth) {
    if (depth > limits.depth()) {
      throw new Exceeded("makes a value nested deeper than " + limits.depth());
    }
  }
}
