package io.signalbox.runtime.event;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.event.CloudEvent;

/**
 * An event on its way to a run.
 *
 * @param starts whether it starts the run instead of reaching a listening one
 * @param target the subscription's id, or the digest of the workflow to start
 */
record Delivery(RunId run, boolean starts, String target, CloudEvent event) {}
