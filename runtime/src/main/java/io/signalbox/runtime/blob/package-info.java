/** The blob table: where large values are kept, and collected once nothing refers to them. */
@NullMarked
package io.signalbox.runtime.blob;

import org.jspecify.annotations.NullMarked;
