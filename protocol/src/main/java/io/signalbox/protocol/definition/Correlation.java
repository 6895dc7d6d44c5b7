package io.signalbox.protocol.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A link between events (DSL reference, "Correlation").
 *
 * @param from an expression that takes the value out of the event, of which {@code .} is the
 *     envelope
 * @param expect the value it must have: in a definition as written, in a run evaluated; without it
 *     the first event consumed says what the others must have
 */
public record Correlation(String from, Optional<JsonNode> expect) {}
