/** Logs and metrics. */
@NullMarked
package io.signalbox.boot.telemetry;

import org.jspecify.annotations.NullMarked;
