/** Policies: rules over tool calls, as they are administered. */
@NullMarked
package io.signalbox.protocol.policy;

import org.jspecify.annotations.NullMarked;
