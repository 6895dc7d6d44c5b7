package io.signalbox.runtime.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.event.CloudEvent;
import java.util.Optional;

/**
 * An event on its way to a run.
 *
 * @param target the subscription's id, or the digest of the workflow to start
 * @param input set when it starts the run: what it is started with
 */
record Delivery(RunId run, String target, CloudEvent event, Optional<JsonNode> input) {
  boolean starts() {
    return input.isPresent();
  }
}
