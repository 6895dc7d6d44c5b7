/** The whole gateway on real parts. */
@NullMarked
package io.signalbox.boot;

import org.jspecify.annotations.NullMarked;
