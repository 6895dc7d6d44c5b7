/** {@code bench steps}: what a step costs in runs of ten to a hundred thousand steps. */
@NullMarked
package io.signalbox.bench.steps;

import org.jspecify.annotations.NullMarked;
