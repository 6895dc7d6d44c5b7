@NullMarked
package io.signalbox.agents.hands.process;

import org.jspecify.annotations.NullMarked;
