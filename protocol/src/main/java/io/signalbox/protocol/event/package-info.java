/** CloudEvents and their routing. */
@NullMarked
package io.signalbox.protocol.event;

import org.jspecify.annotations.NullMarked;
