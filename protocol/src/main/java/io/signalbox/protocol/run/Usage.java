package io.signalbox.protocol.run;

/**
 * What a call or a run drew: calls made, model tokens in and out, cost in millionths of a dollar.
 */
public record Usage(long calls, long inputTokens, long outputTokens, long costMicros) {
  public static final Usage NONE = new Usage(0, 0, 0, 0);

  public Usage plus(Usage other) {
    return new Usage(
        calls + other.calls,
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        costMicros + other.costMicros);
  }
}
