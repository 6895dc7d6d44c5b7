/** The hands: everything that acts on, or looks at, the world outside the gateway. */
@NullMarked
package io.signalbox.agents.hands;

import org.jspecify.annotations.NullMarked;
