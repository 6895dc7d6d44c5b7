package io.signalbox.runtime.wake;

/**
 * A word to one entity to have a look at itself.
 *
 * @param kind {@code run} or {@code session}
 * @param seenAt the journal's sequence number of the entity's last row when it was seen; a ping the
 *     entity has moved past does nothing
 */
public record Ping(String kind, String entityId, long seenAt) {}
