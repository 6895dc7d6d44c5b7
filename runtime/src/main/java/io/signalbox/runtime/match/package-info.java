/** Which events are wanted: filters, correlations, and the keys they are found by. Pure. */
@NullMarked
package io.signalbox.runtime.match;

import org.jspecify.annotations.NullMarked;
