/** Tests of reading definitions. */
@NullMarked
package io.signalbox.runtime.definition;

import org.jspecify.annotations.NullMarked;
