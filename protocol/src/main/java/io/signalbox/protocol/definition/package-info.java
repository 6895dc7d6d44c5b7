/** A workflow definition as the interpreter reads it. */
@NullMarked
package io.signalbox.protocol.definition;

import org.jspecify.annotations.NullMarked;
