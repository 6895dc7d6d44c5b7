package io.signalbox.protocol.quota;

/**
 * Why a call was not made: a limit.
 *
 * @param rule {@code budget:NAME}
 * @param onLimit what the run is to do
 */
public record Limited(String rule, OnLimit onLimit) {}
