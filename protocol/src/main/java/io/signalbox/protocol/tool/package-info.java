/** Tools: what they take, what they risk and how they settle when nobody knows. */
@NullMarked
package io.signalbox.protocol.tool;

import org.jspecify.annotations.NullMarked;
