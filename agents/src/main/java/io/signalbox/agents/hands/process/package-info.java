/** Shell commands, scripts and containers of the DSL's {@code run}, each in a bounded process. */
@NullMarked
package io.signalbox.agents.hands.process;

import org.jspecify.annotations.NullMarked;
