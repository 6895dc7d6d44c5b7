/** Budgets, rate and concurrency limits, and how calls are counted against them. */
@NullMarked
package io.signalbox.protocol.quota;

import org.jspecify.annotations.NullMarked;
