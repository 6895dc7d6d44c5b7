/** Policies compiled: what a rule's condition is, and which rules apply to a call. Pure. */
@NullMarked
package io.signalbox.runtime.policy;

import org.jspecify.annotations.NullMarked;
