/** Settings as they are read. */
@NullMarked
package io.signalbox.boot.config;

import org.jspecify.annotations.NullMarked;
