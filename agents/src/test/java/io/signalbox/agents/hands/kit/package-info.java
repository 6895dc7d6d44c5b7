/** Tests of what hands have in common. */
@NullMarked
package io.signalbox.agents.hands.kit;

import org.jspecify.annotations.NullMarked;
