package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.protocol.tool.ToolTaint;
import io.signalbox.runtime.taint.Content;
import io.signalbox.runtime.taint.Content.Trust;
import io.signalbox.runtime.taint.Setting;
import io.signalbox.runtime.taint.Vouched;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an agent that the run has called goes by: its task, what it is, what it has read. */
final class Sources {
  private Sources() {}

  static Setting of(Deciding turn, Activation caller, Work.Calling call, Stimulus.ToolWanted want) {
    AgentDefinition agent = turn.rules.agents().get(call.target());
    List<String> standing =
        agent == null ? List.of() : List.of(agent.role(), agent.goal(), agent.instructions());
    List<Content> read = new ArrayList<>();
    List<String> tasks = new ArrayList<>();
    Vouched message = message(turn, caller, call);
    tasks.add(message.own());
    if (!message.rest().isBlank()) {
      read.add(content("message from the workflow", Json.tree(message.rest())));
    }
    JsonNode data = call.arguments().path("data");
    if (!data.isMissingNode() && !data.isNull() && !data.isEmpty()) {
      read.add(content("data given with the message", data));
    }
    int number = 0;
    for (long id : caller.children()) {
      Activation child = turn.state().get(id);
      number++;
      if (child.asked().isPresent() && child.work() instanceof Work.Returned done) {
        read.add(result(turn, child.asked().get(), done.outcome(), number));
      }
    }
    List<ToolDefinition> tools =
        agent == null
            ? List.of()
            : agent.tools().stream()
                .flatMap(it -> Optional.ofNullable(turn.rules.tools().get(it)).stream())
                .toList();
    return new Setting(tasks, standing, read, tools);
  }

  /** The part of the message that the workflow's author or the one who started the run wrote. */
  private static Vouched message(Deciding turn, Activation caller, Work.Calling call) {
    String message = call.arguments().path("message").asText();
    List<String> vouchers = new ArrayList<>();
    Optional.ofNullable(turn.definition.steps().get(caller.task()))
        .ifPresent(step -> texts(step.source(), vouchers));
    turn.state()
        .begun()
        .filter(Sources::byPerson)
        .ifPresent(begun -> texts(begun.input(), vouchers));
    return Vouched.of(message, vouchers);
  }

  /** Events and other runs bring in what nobody here vouches for. */
  private static boolean byPerson(Begun begun) {
    return begun.parent().isEmpty() && !begun.startedBy().startsWith("event");
  }

  private static void texts(JsonNode node, List<String> into) {
    if (node.isTextual()) {
      into.add(node.textValue());
    } else {
      node.forEach(it -> texts(it, into));
    }
  }

  private static Content result(
      Deciding turn, Activation.Asked asked, Outcome outcome, int number) {
    ToolTaint declared =
        Optional.ofNullable(turn.rules.tools().get(asked.tool()))
            .map(ToolDefinition::trust)
            .orElse(ToolTaint.NONE);
    JsonNode value =
        switch (outcome) {
          case Outcome.Succeeded ok -> ok.result();
          case Outcome.Failed f -> Json.tree(f.detail());
          case Outcome.Unknown u -> Json.tree(u.detail());
          case Outcome.Absent _ -> NullNode.getInstance();
        };
    return new Content(
        "tool %s (call %d)".formatted(asked.tool(), number),
        declared.trusted() ? Trust.TRUSTED : Trust.UNTRUSTED,
        declared.trustedFields(),
        declared.sensitive(),
        value,
        asked.arguments());
  }

  private static Content content(String source, JsonNode value) {
    return new Content(source, Trust.UNTRUSTED, List.of(), false, value, NullNode.getInstance());
  }
}
