package io.signalbox.runtime.schedule;

import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.run.StartRun;
import io.signalbox.runtime.definition.Timetable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** One moment at which one workflow is due. */
record Firing(
    String tenant, WorkflowRef workflow, String digest, Timetable timetable, Instant due) {

  /** The same moment of the same definition starts the same run, whoever fires it how often. */
  RunId run() {
    String name = digest + "\n" + due;
    return new RunId(tenant, "at-" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  StartRun order() {
    return new StartRun(
        workflow,
        digest,
        Json.object(),
        Map.of("schedule", timetable.kind(), "due", due.toString()),
        "schedule:" + workflow.namespace() + "/" + workflow.name(),
        false);
  }
}
