package io.signalbox.agents.hands.kit;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Usage;

/** The good outcomes. */
public final class Done {
  private static final Usage ONE_CALL = new Usage(1, 0, 0, 0);

  private Done() {}

  public static Outcome with(JsonNode result) {
    return new Outcome.Succeeded(result, ONE_CALL);
  }

  public static Outcome absent() {
    return new Outcome.Absent();
  }
}
