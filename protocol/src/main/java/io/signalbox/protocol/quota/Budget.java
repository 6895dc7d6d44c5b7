package io.signalbox.protocol.quota;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much the calls of one place in the tenant's tree may draw. Every limit that is set holds.
 *
 * @param scope which calls count: values by dimension, all of which must fit; {@link #EACH} for a
 *     budget of its own for each value; without entries every call of the tenant
 * @param calls tool calls, other calls to the outside and model calls in a period
 * @param tokens of models, in and out, in a period
 * @param costMicros millionths of a dollar in a period
 * @param time that calls take, in a period
 * @param period after which counting begins anew; never, if absent
 * @param rate how fast calls may follow one another
 * @param concurrency calls under way at the same time
 */
public record Budget(
    String name,
    Map<String, String> scope,
    Optional<Long> calls,
    Optional<Long> tokens,
    Optional<Long> costMicros,
    Optional<Duration> time,
    Optional<Duration> period,
    Optional<Rate> rate,
    Optional<Integer> concurrency,
    OnLimit onLimit) {
  public static final String EACH = "*";
  public static final String NAMESPACE = "namespace";
  public static final String KEY = "key";
  public static final String AGENT = "agent";
  public static final String TOOL = "tool";
  public static final String MODEL = "model";
  public static final String RUN = "run";

  /** The levels of the tree below the tenant, from the top. */
  public static final List<String> DIMENSIONS = List.of(NAMESPACE, KEY, AGENT, TOOL, MODEL, RUN);

  public Budget {
    scope = Map.copyOf(scope);
  }

  /**
   * Calls in a time, evenly.
   *
   * @param burst that may come at once
   */
  public record Rate(int calls, Duration per, int burst) {
    /** The time from one call to the next, in nanoseconds. */
    public long interval() {
      return Math.max(1, per.toNanos() / calls);
    }
  }

  /** Whether a call with this path counts here. */
  public boolean covers(Map<String, String> path) {
    return scope.entrySet().stream()
        .allMatch(
            it -> {
              String value = path.get(it.getKey());
              return value != null && (it.getValue().equals(EACH) || it.getValue().equals(value));
            });
  }
}
