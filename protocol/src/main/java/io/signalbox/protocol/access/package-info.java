/** Principals, keys and idempotent requests. */
@NullMarked
package io.signalbox.protocol.access;

import org.jspecify.annotations.NullMarked;
