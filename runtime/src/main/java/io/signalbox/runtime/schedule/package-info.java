/** Workflows that are started by time: {@code cron}, {@code every} and {@code after}. */
@NullMarked
package io.signalbox.runtime.schedule;

import org.jspecify.annotations.NullMarked;
