/** What every hand has in common: its shape, its setbacks, its marker, its schema check. */
@NullMarked
package io.signalbox.agents.hands.kit;

import org.jspecify.annotations.NullMarked;
