/** May this be done? One list of steps, pure, for every tool call; each verdict names its rule. */
@NullMarked
package io.signalbox.runtime.judge;

import org.jspecify.annotations.NullMarked;
