/** Rules of the durable run, without actors. */
@NullMarked
package io.signalbox.runtime.match;

import org.jspecify.annotations.NullMarked;
