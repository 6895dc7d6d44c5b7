package io.signalbox.http;

/** One thing the gateway needs, and whether it has it; {@code detail} says why not. */
public record HealthCheck(String name, boolean up, String detail) {}
