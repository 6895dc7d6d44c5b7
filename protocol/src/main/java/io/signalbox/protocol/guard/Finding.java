package io.signalbox.protocol.guard;

import java.util.Optional;

/**
 * Something a guardrail found. Never holds what was found.
 *
 * @param rule which of the detector's rules, such as {@code github-token}
 * @param place where: the JSON pointer of the text
 * @param action what was done about it
 * @param score how sure the detector is, from 0 to 1, where it can say
 */
public record Finding(
    String guardrail,
    String detector,
    String rule,
    Stage stage,
    String place,
    Action action,
    Optional<Double> score) {}
