/** Guardrails put in the way of calls, messages and replies. */
@NullMarked
package io.signalbox.agents.guard.watch;

import org.jspecify.annotations.NullMarked;
