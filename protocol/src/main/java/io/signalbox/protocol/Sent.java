package io.signalbox.protocol;

/** Marks a message that may cross the wire to another node; bound to CBOR. */
public interface Sent {}
