@NullMarked
package io.signalbox.bench.crash;

import org.jspecify.annotations.NullMarked;
