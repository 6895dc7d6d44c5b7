/** The PostgreSQL that comes with the gateway: unpacked, started, adopted, watched, stopped. */
@NullMarked
package io.signalbox.boot.postgres;

import org.jspecify.annotations.NullMarked;
