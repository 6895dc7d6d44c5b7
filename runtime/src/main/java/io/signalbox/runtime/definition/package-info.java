/** From the text of a workflow definition to what the interpreter runs, or to every fault in it. */
@NullMarked
package io.signalbox.runtime.definition;

import org.jspecify.annotations.NullMarked;
