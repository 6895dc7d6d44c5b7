package io.signalbox.agents;

import com.typesafe.config.ConfigFactory;
import io.signalbox.agents.guard.watch.GuardSettings;
import io.signalbox.agents.guard.watch.Watch;
import io.signalbox.agents.hands.egress.Egress;
import io.signalbox.agents.hands.egress.EgressSettings;
import java.util.List;
import java.util.Set;

/** Guardrails as they are by default, with pseudonyms in memory. */
public final class Watches {
  private static final EgressSettings EGRESS =
      new EgressSettings(List.of("*"), List.of(), false, Set.of());

  private Watches() {}

  public static Watch standard() {
    var guard = ConfigFactory.load().getConfig("signalbox.agents.guard");
    return Watch.of(GuardSettings.from(guard), new Egress(EGRESS), new PseudonymsInMemory());
  }
}
