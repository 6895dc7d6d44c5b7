/** Past tool calls, judged once more under other policies. */
@NullMarked
package io.signalbox.runtime.replay;

import org.jspecify.annotations.NullMarked;
