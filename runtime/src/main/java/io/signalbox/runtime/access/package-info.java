/** Who may come in, and which requests were made before. */
@NullMarked
package io.signalbox.runtime.access;

import org.jspecify.annotations.NullMarked;
