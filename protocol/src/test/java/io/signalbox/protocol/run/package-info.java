/** Tests of what travels between nodes. */
@NullMarked
package io.signalbox.protocol.run;

import org.jspecify.annotations.NullMarked;
