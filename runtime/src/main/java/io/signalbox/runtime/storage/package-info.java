/** The way to the database: blocking work on virtual threads, off the actors. */
@NullMarked
package io.signalbox.runtime.storage;

import org.jspecify.annotations.NullMarked;
