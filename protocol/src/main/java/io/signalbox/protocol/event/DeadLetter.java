package io.signalbox.protocol.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Something that could not be delivered however often it was tried.
 *
 * @param kind {@code event}: an event for a listening run; {@code start}: one that should have
 *     started a run
 * @param run the run it was meant for
 * @param reason what the last attempt failed with
 * @param body the event
 */
public record DeadLetter(
    String id, String kind, Instant at, int attempts, String reason, String run, JsonNode body) {}
