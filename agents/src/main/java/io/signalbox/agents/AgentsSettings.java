package io.signalbox.agents;

import com.typesafe.config.Config;
import io.signalbox.agents.model.ModelsSettings;
import io.signalbox.agents.session.SessionSettings;

/** All that the room is told at boot; each part checks itself. */
public record AgentsSettings(SessionSettings sessions, ModelsSettings models) {
  /** Reads {@code signalbox.agents} of the whole configuration. */
  public static AgentsSettings from(Config config) {
    Config room = config.getConfig("signalbox.agents");
    return new AgentsSettings(
        SessionSettings.from(room.getConfig("sessions")),
        ModelsSettings.from(room.getConfig("models")));
  }
}
