/** Words every room shares: ids, principals, refusals and the two wire markers. */
@NullMarked
package io.signalbox.protocol;

import org.jspecify.annotations.NullMarked;
