/** Telling people that they are asked: messages that are due, and links that decide. */
@NullMarked
package io.signalbox.runtime.notify;

import org.jspecify.annotations.NullMarked;
