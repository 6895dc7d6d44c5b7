package io.signalbox.runtime.definition;

import com.typesafe.config.Config;

/**
 * What a definition may be; one that is more is refused at deployment, with the place. A definition
 * that was deployed before a limit was lowered is still read.
 *
 * @param bytes of its text
 * @param nodes of its tree, with YAML's aliases written out
 * @param tasks in all lists together
 * @param nesting lists within lists
 * @param branches of one fork
 */
public record DefinitionLimits(int bytes, int nodes, int tasks, int nesting, int branches) {
  public static final DefinitionLimits STANDARD =
      new DefinitionLimits(1 << 20, 100_000, 10_000, 16, 10_000);

  /** For what was deployed already. Nesting stays bounded: it is walked by recursion. */
  static final DefinitionLimits DEPLOYED =
      new DefinitionLimits(
          Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 64, Integer.MAX_VALUE);

  public DefinitionLimits {
    if (bytes < 1 || nodes < 1 || tasks < 1 || branches < 1) {
      throw new IllegalArgumentException("bytes, nodes, tasks and branches must be 1 or more");
    }
    if (nesting < 1 || nesting > 64) {
      throw new IllegalArgumentException("nesting must be from 1 to 64");
    }
  }

  /** From {@code signalbox.runtime.definitions}. */
  public static DefinitionLimits from(Config config) {
    return new DefinitionLimits(
        Math.toIntExact(config.getBytes("size")),
        config.getInt("nodes"),
        config.getInt("tasks"),
        config.getInt("nesting"),
        config.getInt("branches"));
  }
}
