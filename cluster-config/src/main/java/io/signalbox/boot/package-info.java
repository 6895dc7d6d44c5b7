/** Starts the gateway: configuration, database, cluster, and every room in its place. */
@NullMarked
package io.signalbox.boot;

import org.jspecify.annotations.NullMarked;
