/** Tests of what is stored. */
@NullMarked
package io.signalbox.protocol.journal;

import org.jspecify.annotations.NullMarked;
