/** How turns are stored: one JSON text a row, chained by hashes, under a logical name. */
@NullMarked
package io.signalbox.protocol.journal;

import org.jspecify.annotations.NullMarked;
