/** The claim check: large values are kept once, and only references to them travel. */
@NullMarked
package io.signalbox.protocol.blob;

import org.jspecify.annotations.NullMarked;
