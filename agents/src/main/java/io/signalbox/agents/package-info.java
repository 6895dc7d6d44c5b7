/** Agents and every hand that reaches outside; {@link AgentsRoom} opens the room. */
@NullMarked
package io.signalbox.agents;

import org.jspecify.annotations.NullMarked;
