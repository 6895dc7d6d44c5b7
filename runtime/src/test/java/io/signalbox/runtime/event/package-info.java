/** Rules of the durable run, without actors. */
@NullMarked
package io.signalbox.runtime.event;

import org.jspecify.annotations.NullMarked;
