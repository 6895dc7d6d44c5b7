/** Keys, who holds them, and requests that must act once. */
@NullMarked
package io.signalbox.runtime.access;

import org.jspecify.annotations.NullMarked;
