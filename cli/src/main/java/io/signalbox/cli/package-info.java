/** The command line: a client of the HTTP API, for people and for scripts. */
@NullMarked
package io.signalbox.cli;

import org.jspecify.annotations.NullMarked;
