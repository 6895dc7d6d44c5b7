/** Calls that are counted: reserved before they are made, settled after. */
@NullMarked
package io.signalbox.agents.hands.quota;

import org.jspecify.annotations.NullMarked;
