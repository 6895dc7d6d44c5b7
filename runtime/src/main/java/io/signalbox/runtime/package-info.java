/** The runtime room: durable runs and what they stand on. */
@NullMarked
package io.signalbox.runtime;

import org.jspecify.annotations.NullMarked;
