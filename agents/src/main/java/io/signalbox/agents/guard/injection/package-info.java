/** Texts that give orders to whoever reads them for somebody else. */
@NullMarked
package io.signalbox.agents.guard.injection;

import org.jspecify.annotations.NullMarked;
