/** Addresses of databases. */
@NullMarked
package io.signalbox.boot.database;

import org.jspecify.annotations.NullMarked;
