/** Tests of what content is looked at with. */
@NullMarked
package io.signalbox.agents.guard;

import org.jspecify.annotations.NullMarked;
