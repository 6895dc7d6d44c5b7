/** What the command line promises to people and scripts. */
@NullMarked
package io.signalbox.cli;

import org.jspecify.annotations.NullMarked;
