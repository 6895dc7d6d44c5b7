package io.signalbox.protocol.quota;

/**
 * What is counted: calls, model tokens, money in millionths of a dollar, and the time that calls
 * take in milliseconds.
 */
public record Amounts(long calls, long tokens, long costMicros, long millis) {
  public static final Amounts NONE = new Amounts(0, 0, 0, 0);

  public Amounts plus(Amounts other) {
    return new Amounts(
        calls + other.calls,
        tokens + other.tokens,
        costMicros + other.costMicros,
        millis + other.millis);
  }

  public Amounts minus(Amounts other) {
    return new Amounts(
        calls - other.calls,
        tokens - other.tokens,
        costMicros - other.costMicros,
        millis - other.millis);
  }
}
