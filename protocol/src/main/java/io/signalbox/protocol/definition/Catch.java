package io.signalbox.protocol.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Which errors a try catches, how often it tries again, and what handles the rest.
 *
 * @param with error properties that must be equal; an empty object catches every error
 * @param as the variable that holds the error, {@code error} by default
 */
public record Catch(
    JsonNode with,
    String as,
    Optional<String> when,
    Optional<String> exceptWhen,
    Optional<Retry> retry,
    Optional<Steps> handler) {}
