package io.signalbox.agents;

import com.typesafe.config.Config;
import io.signalbox.agents.guard.watch.GuardSettings;
import io.signalbox.agents.hands.HandsSettings;
import io.signalbox.agents.hands.quota.QuotaPatience;
import io.signalbox.agents.hands.sql.GatewayDatabase;
import io.signalbox.agents.model.ModelsSettings;
import io.signalbox.agents.notify.CourierSettings;
import io.signalbox.agents.session.EstimateSettings;
import io.signalbox.agents.session.SessionSettings;
import java.util.Optional;

/** All that the room is told at boot; each part checks itself. */
public record AgentsSettings(
    SessionSettings sessions,
    ModelsSettings models,
    HandsSettings hands,
    CourierSettings courier,
    QuotaPatience quota,
    EstimateSettings estimate,
    GuardSettings guard) {
  /**
   * Reads {@code signalbox.agents} of the whole configuration.
   *
   * @param gateway the gateway's own database, for tools that may read it
   */
  public static AgentsSettings from(Config config, Optional<GatewayDatabase> gateway) {
    Config room = config.getConfig("signalbox.agents");
    return new AgentsSettings(
        SessionSettings.from(room.getConfig("sessions")),
        ModelsSettings.from(room.getConfig("models")),
        HandsSettings.from(config, gateway),
        CourierSettings.from(room.getConfig("courier")),
        QuotaPatience.from(room.getConfig("quota")),
        EstimateSettings.from(room.getConfig("quota")),
        GuardSettings.from(room.getConfig("guard")));
  }
}
