/** Journeys of users and of faults through the whole gateway, over HTTP. */
@NullMarked
package io.signalbox.journey;

import org.jspecify.annotations.NullMarked;
