/** Rules of the durable run, without actors. */
@NullMarked
package io.signalbox.runtime.run;

import org.jspecify.annotations.NullMarked;
