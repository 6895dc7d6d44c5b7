package io.signalbox.protocol.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A named task with what every kind of task may have.
 *
 * @param when the {@code if} expression; false skips the task
 * @param timeout the DSL's {@code timeout.after}: a duration object, an ISO 8601 text or an
 *     expression
 * @param source the task as written
 * @param beyond what the task declares in {@code metadata.signalbox}
 */
public record Step(
    String pointer,
    String name,
    Task task,
    Optional<String> when,
    Optional<JsonNode> inputFrom,
    Optional<JsonNode> outputAs,
    Optional<JsonNode> exportAs,
    Optional<JsonNode> timeout,
    Flow then,
    JsonNode source,
    Beyond beyond) {}
