/**
 * The demonstration: the compliance example from nothing to its end, with the server killed twice.
 */
@NullMarked
package io.signalbox.cli.demo;

import org.jspecify.annotations.NullMarked;
