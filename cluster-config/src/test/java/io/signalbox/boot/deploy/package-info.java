/** The files under deploy against what the process understands. */
@NullMarked
package io.signalbox.boot.deploy;

import org.jspecify.annotations.NullMarked;
