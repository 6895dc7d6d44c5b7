/** The audit trail's keepers: gates, checkpoints, the search view and verification. */
@NullMarked
package io.signalbox.runtime.audit;

import org.jspecify.annotations.NullMarked;
