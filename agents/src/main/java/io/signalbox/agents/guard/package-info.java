/** Guardrails: what is found in content on its way, and what is made of it. No actor, no clock. */
@NullMarked
package io.signalbox.agents.guard;

import org.jspecify.annotations.NullMarked;
