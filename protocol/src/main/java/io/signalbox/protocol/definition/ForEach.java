package io.signalbox.protocol.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What happens with each event that a {@code listen} task consumes, one after the other (DSL
 * reference, "Subscription Iterator").
 *
 * @param item and {@code at} name the variables that hold the event and its number, from 0
 * @param body begins with the event as its input
 * @param outputAs makes the event's part of the task's output from what the body gave
 */
public record ForEach(
    String item,
    String at,
    Optional<Steps> body,
    Optional<JsonNode> outputAs,
    Optional<JsonNode> exportAs) {}
