@NullMarked
package io.signalbox.agents.hands.egress;

import org.jspecify.annotations.NullMarked;
