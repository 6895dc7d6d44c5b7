/** Tests of keys and idempotent requests on a real database. */
@NullMarked
package io.signalbox.boot.access;

import org.jspecify.annotations.NullMarked;
