/** Events: kept once, matched to those who listen, delivered until they are taken. */
@NullMarked
package io.signalbox.runtime.event;

import org.jspecify.annotations.NullMarked;
