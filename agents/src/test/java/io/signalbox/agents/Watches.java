package io.signalbox.agents;

import com.typesafe.config.ConfigFactory;
import io.signalbox.agents.guard.watch.GuardSettings;
import io.signalbox.agents.guard.watch.Watch;

/** Guardrails as they are by default, with pseudonyms in memory. */
public final class Watches {
  private Watches() {}

  public static Watch standard() {
    var guard = ConfigFactory.load().getConfig("signalbox.agents.guard");
    return Watch.of(GuardSettings.from(guard), new PseudonymsInMemory());
  }
}
