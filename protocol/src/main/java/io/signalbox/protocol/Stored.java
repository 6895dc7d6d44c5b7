package io.signalbox.protocol;

/** Marks an event root that is journalled under a logical name, never under a class name. */
public interface Stored {}
