/** Secrets: where their values come from, and how they stay out of everything but the socket. */
@NullMarked
package io.signalbox.agents.hands.secrets;

import org.jspecify.annotations.NullMarked;
