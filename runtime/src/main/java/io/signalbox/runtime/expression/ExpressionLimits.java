package io.signalbox.runtime.expression;

import com.typesafe.config.Config;

/**
 * What one evaluation of an expression may use. Counted, not timed, so that the same expression on
 * the same input ends the same way on every machine with the same limits; beyond a limit it raises
 * an error of the DSL's type {@code expression}.
 *
 * @param length characters of its text
 * @param steps nodes of the query entered
 * @param lookedAt nodes of data looked at while sizes are measured
 * @param made bytes of data made on the way
 * @param value bytes of one value on the way, and of the input
 * @param result bytes of the result
 * @param depth how deep values may be nested
 */
public record ExpressionLimits(
    int length, int steps, long lookedAt, long made, long value, long result, int depth) {
  public static final ExpressionLimits STANDARD =
      new ExpressionLimits(16 * 1024, 5_000_000, 100_000_000, 256L << 20, 16L << 20, 4L << 20, 500);

  public ExpressionLimits {
    if (length < 1 || steps < 1 || lookedAt < 1 || made < 1 || value < 1 || result < 1) {
      throw new IllegalArgumentException("limits of expressions must be 1 or more");
    }
    if (depth < 1 || depth > 500) {
      throw new IllegalArgumentException("depth must be from 1 to 500: it is walked by recursion");
    }
  }

  /** From {@code signalbox.runtime.expressions}. */
  public static ExpressionLimits from(Config config) {
    return new ExpressionLimits(
        config.getInt("length"),
        config.getInt("steps"),
        config.getLong("looked-at"),
        config.getBytes("made"),
        config.getBytes("value"),
        config.getBytes("result"),
        config.getInt("depth"));
  }
}
