/** The way to the one database: its address, waiting for it, and its migrations. */
@NullMarked
package io.signalbox.boot.database;

import org.jspecify.annotations.NullMarked;
