/** The embedded database against real processes. */
@NullMarked
package io.signalbox.boot.postgres;

import org.jspecify.annotations.NullMarked;
