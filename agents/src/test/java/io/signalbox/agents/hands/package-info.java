/** Tests of the hands, against stand-ins on loopback that speak the real wire formats. */
@NullMarked
package io.signalbox.agents.hands;

import org.jspecify.annotations.NullMarked;
