package io.signalbox.runtime.judge;

import com.google.protobuf.Timestamp;
import io.signalbox.protocol.access.Caller;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.policy.Facts;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What conditions can ask about: the call, as plain values. */
final class Variables {
  private Variables() {}

  static Map<String, Object> of(Question question) {
    Map<String, Object> all = new HashMap<>();
    all.put("principal", principal(question));
    all.put(
        "agent",
        Map.of("name", question.asker() instanceof Question.Asker.Agent(String name) ? name : ""));
    all.put("run", run(question.run()));
    all.put("tool", tool(question));
    all.put("arguments", Facts.of(question.arguments()));
    all.put("usage", usage(question));
    all.put("taint", new TaintFacts(question));
    Instant at = question.at();
    all.put(
        "time",
        Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build());
    return all;
  }

  private static Map<String, Object> principal(Question question) {
    Caller caller = question.run().startedBy();
    Set<String> given = caller.roles().orElse(Set.of());
    Set<String> roles = question.rules().authority().roles().rolesOf(caller.id(), given);
    String id = caller.id();
    int colon = id.indexOf(':');
    return Map.of(
        "id",
        id,
        "kind",
        colon < 0 ? "" : id.substring(0, colon),
        "roles",
        roles.stream().sorted().toList(),
        "onBehalfOf",
        caller.behalf().map(Caller.Behalf::id).orElse(""));
  }

  private static Map<String, Object> run(Question.Run run) {
    return Map.of(
        "id",
        run.id(),
        "namespace",
        run.workflow().namespace(),
        "workflow",
        run.workflow().name(),
        "version",
        run.workflow().version(),
        "labels",
        run.labels());
  }

  private static Map<String, Object> tool(Question question) {
    Optional<ToolDefinition> tool = question.definition();
    return Map.of(
        "name",
        question.tool(),
        "kind",
        tool.map(ToolDefinition::kind).orElse(""),
        "risk",
        tool.map(it -> it.risk().text()).orElse(""));
  }

  private static Map<String, Object> usage(Question question) {
    var usage = question.run().usage();
    return Map.of(
        "calls", usage.calls(),
        "inputTokens", usage.inputTokens(),
        "outputTokens", usage.outputTokens(),
        "costMicros", usage.costMicros());
  }
}
