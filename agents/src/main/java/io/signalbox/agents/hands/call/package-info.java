/** The calls of the workflow DSL itself: {@code http} and {@code openapi}. */
@NullMarked
package io.signalbox.agents.hands.call;

import org.jspecify.annotations.NullMarked;
