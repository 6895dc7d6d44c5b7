/** The kill switch. */
@NullMarked
package io.signalbox.protocol.freeze;

import org.jspecify.annotations.NullMarked;
