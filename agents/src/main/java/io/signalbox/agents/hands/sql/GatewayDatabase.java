package io.signalbox.agents.hands.sql;

import io.signalbox.agents.hands.kit.Secret;

/** The gateway's own PostgreSQL, as the room that owns it reaches it. */
public record GatewayDatabase(String jdbcUrl, String user, Secret password) {}
