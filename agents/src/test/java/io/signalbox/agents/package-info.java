/** Tests of the room's entry. */
@NullMarked
package io.signalbox.agents;

import org.jspecify.annotations.NullMarked;
