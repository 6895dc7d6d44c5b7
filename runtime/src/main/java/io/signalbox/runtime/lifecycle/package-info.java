/** The DSL's lifecycle events, told from the journal to configured sinks. */
@NullMarked
package io.signalbox.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
