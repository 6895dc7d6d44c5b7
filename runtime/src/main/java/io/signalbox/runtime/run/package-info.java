/** The durable run: pure interpreter and state, and the entity that journals and acts. */
@NullMarked
package io.signalbox.runtime.run;

import org.jspecify.annotations.NullMarked;
