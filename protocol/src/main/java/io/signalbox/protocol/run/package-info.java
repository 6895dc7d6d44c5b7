/** The durable run: its commands, the facts it journals, and its calls to the outside. */
@NullMarked
package io.signalbox.protocol.run;

import org.jspecify.annotations.NullMarked;
