/** Messages to people who are asked, and the links in them. */
@NullMarked
package io.signalbox.protocol.notify;

import org.jspecify.annotations.NullMarked;
