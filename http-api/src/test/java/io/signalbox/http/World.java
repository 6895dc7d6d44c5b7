package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.audit.AuditNote;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.event.DeadLetter;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunView;
import io.signalbox.protocol.run.StartRun;
import io.signalbox.protocol.view.ViewQuery.HistoryEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the fakes behind the doors know and remember. */
final class World {
  static final Instant T = Instant.parse("2026-01-31T12:00:00Z");

  final Map<String, Resource> catalog = new ConcurrentHashMap<>();
  final Map<RunId, RunView> runs = new ConcurrentHashMap<>();
  final Map<RunId, StartRun> orders = new ConcurrentHashMap<>();
  final Map<RunId, List<HistoryEvent>> histories = new ConcurrentHashMap<>();
  final List<RunCommand> commands = new CopyOnWriteArrayList<>();
  final List<CloudEvent> events = new CopyOnWriteArrayList<>();
  final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
  final List<AuditNote> notes = new CopyOnWriteArrayList<>();
  final List<String> hooked = new CopyOnWriteArrayList<>();
  volatile boolean awake = true;

  World() {
    workflow("default", "acme", "hello", "1.0.0");
    workflow("default", "signalbox", "call-tool", "1.0.0");
    workflow("default", "signalbox", "ask-agent", "1.0.0");
  }

  void workflow(String tenant, String namespace, String name, String version) {
    catalog.put(
        String.join("|", tenant, "workflow", namespace, name, version),
        resource("workflow", namespace, name, version, Json.object().put("x", 1), "x: 1\n"));
  }

  static Resource resource(
      String kind, String namespace, String name, String version, JsonNode body, String source) {
    return new Resource(kind, namespace, name, version, "sha256:0", body, source, T);
  }

  void happened(RunId run, String type) {
    List<HistoryEvent> events = histories.computeIfAbsent(run, _ -> new CopyOnWriteArrayList<>());
    events.add(new HistoryEvent(events.size() + 1, T, type, "/do/0/a", Json.object()));
  }

  StartRun order(String id) {
    return Objects.requireNonNull(orders.get(new RunId("default", id)), id);
  }

  Optional<RunView> run(RunId id) {
    return Optional.ofNullable(runs.get(id));
  }
}
