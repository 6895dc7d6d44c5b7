/** Timers, crash recovery and lost messages: one table of what wants to be looked at again. */
@NullMarked
package io.signalbox.runtime.wake;

import org.jspecify.annotations.NullMarked;
