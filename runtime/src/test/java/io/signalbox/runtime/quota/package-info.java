/** The laws of quotas, without actors. */
@NullMarked
package io.signalbox.runtime.quota;

import org.jspecify.annotations.NullMarked;
