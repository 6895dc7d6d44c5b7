/** What governance adds to a tool call. */
@NullMarked
package io.signalbox.bench.governance;

import org.jspecify.annotations.NullMarked;
