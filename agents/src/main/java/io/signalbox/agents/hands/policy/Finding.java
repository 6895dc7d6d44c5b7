package io.signalbox.agents.hands.policy;

/** One thing found; the excerpt shows the line without its secrets. */
record Finding(
    String rule, Severity severity, String file, int line, String message, String excerpt) {}
