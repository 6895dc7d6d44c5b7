/** Benchmarks: speed, memory and faults, measured from outside the server. */
@NullMarked
package io.signalbox.bench;

import org.jspecify.annotations.NullMarked;
