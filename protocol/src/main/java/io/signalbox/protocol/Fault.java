package io.signalbox.protocol;

/** One thing wrong with an input: where (an RFC 6901 JSON pointer into it) and what. */
public record Fault(String pointer, String message) {}
