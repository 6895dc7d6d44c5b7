package io.signalbox.protocol.access;

import io.signalbox.protocol.Sent;

/** Told to every node: forget what you remember of this tenant's keys. */
public record KeyRevoked(String tenant) implements Sent {}
