/** Tests of expressions. */
@NullMarked
package io.signalbox.runtime.expression;

import org.jspecify.annotations.NullMarked;
