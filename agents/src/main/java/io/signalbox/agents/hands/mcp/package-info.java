/** Servers of the Model Context Protocol: connections to them, calls, and looking after them. */
@NullMarked
package io.signalbox.agents.hands.mcp;

import org.jspecify.annotations.NullMarked;
