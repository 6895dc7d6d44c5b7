package io.signalbox.runtime.catalog;

import io.signalbox.protocol.Fault;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What an agent or a tool must be before it is kept; every fault at once. */
final class Wanted {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";
  private static final Duration LONGEST = Duration.ofHours(1);

  private Wanted() {}

  static List<Fault> faults(AgentDefinition agent) {
    List<Fault> faults = new ArrayList<>(name(agent.name()));
    if (!agent.model().matches("[^/\\s]+/\\S+")) {
      faults.add(new Fault("/model", "must be PROVIDER/MODEL, such as openai/gpt-5-mini"));
    }
    for (int i = 0; i < agent.tools().size(); i++) {
      if (!agent.tools().get(i).matches(NAME)) {
        faults.add(new Fault("/tools/" + i, "is not the name of a tool"));
      }
    }
    if (agent.limits().modelCalls() < 1 || agent.limits().modelCalls() > 1000) {
      faults.add(new Fault("/limits/modelCalls", "must be from 1 to 1000"));
    }
    if (agent.limits().maxOutputTokens() < 1) {
      faults.add(new Fault("/limits/maxOutputTokens", "must be 1 or more"));
    }
    agent
        .outputSchema()
        .filter(it -> !it.isObject())
        .ifPresent(_ -> faults.add(new Fault("/outputSchema", "must be a JSON Schema object")));
    return faults;
  }

  static List<Fault> faults(ToolDefinition tool, Set<String> builtins) {
    List<Fault> faults = new ArrayList<>(name(tool.name()));
    if (builtins.contains(tool.name())) {
      faults.add(new Fault("/name", "is the name of a built-in tool; choose another"));
    }
    if (!Set.of("http", "sql").contains(tool.kind())) {
      faults.add(
          new Fault(
              "/kind", "must be http or sql; tools of kind '" + tool.kind() + "' are not built"));
    }
    if (!tool.parameters().isObject()) {
      faults.add(new Fault("/parameters", "must be a JSON Schema object"));
    }
    tool.result()
        .filter(it -> !it.isObject())
        .ifPresent(_ -> faults.add(new Fault("/result", "must be a JSON Schema object")));
    if (!tool.timeout().isPositive() || tool.timeout().compareTo(LONGEST) > 0) {
      faults.add(new Fault("/timeout", "must be more than 0 and at most PT1H"));
    }
    for (int i = 0; i < tool.approvers().size(); i++) {
      if (!tool.approvers().get(i).matches("(role|user):.+")) {
        faults.add(new Fault("/approvers/" + i, "must be role:NAME or user:ID"));
      }
    }
    if (!tool.config().isObject()) {
      faults.add(new Fault("/config", "must be an object"));
    }
    return faults;
  }

  private static List<Fault> name(String name) {
    return name.matches(NAME)
        ? List.of()
        : List.of(
            new Fault(
                "/name",
                "must have 1 to 128 letters, digits, '.', '_' and '-', a letter or digit first"));
  }
}
