package io.signalbox.protocol.run;

/**
 * An earlier message of a conversation, as the model is reminded of it.
 *
 * @param said the part of it that somebody trusted wrote
 * @param rest the part that came from elsewhere
 * @param reply the agent's words on it, which may repeat anything it read
 */
public record Recalled(String said, String rest, String reply) {}
